import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openCsv } from '../../stack/import/csv.ts';
import { importedInto, openMarketplace } from './importing.ts';

const rowsOf = async (file: string) => {
  const rows: { line: number; fields: readonly string[] }[] = [];
  for await (const { line, fields } of openCsv(file).rows) rows.push({ line, fields });
  return rows;
};

/** Lines 2 and 3 are one row, line 5 is empty. */
const TROUBLED = [
  'id,title,description,price,currency,condition,quantity',
  '1,"A chair","Old,',
  'and ""comfortable""",10,EUR,GOOD,1',
  '2,,no title,10,EUR,GOOD,1',
  '',
  '3,A free lamp,,0,EUR,GOOD,1',
  '4,A refund,,-5,EUR,GOOD,1',
  '5,A riddle,,cheap,EUR,GOOD,1',
  '6,A precise thing,,1.999,EUR,GOOD,1',
  `7,${'long '.repeat(40)},,5,EUR,GOOD,1`,
  '1,The same chair,,12,EUR,GOOD,1',
  '8,A dollar table,,10,XAU,GOOD,1',
  '9,A table,,10,USD,broken,1',
  '10,Too many tables,,10,USD,,1000',
  ',A table without id,,10,USD,,1',
  '11,Commas, unquoted,,10,USD,,1',
  '12,A good table,"first line',
  'second line","10,50",gbp,like new,3',
  '13,No price,,,EUR,,',
];

const REASONS: readonly (readonly [line: number, reason: RegExp])[] = [
  [4, /^has no title$/],
  [6, /^A price is above zero/],
  [7, /^A price is above zero/],
  [8, /^A price has at most two decimals/],
  [9, /^A price has at most two decimals/],
  [10, /^A title has 3 to 140 characters/],
  [11, /^has the id of line 2$/],
  [12, /^currency "XAU" is none of EUR, GBP, USD$/],
  [13, /^condition "broken" is none of NEW, /],
  [14, /^There are 1 to 999 pieces/],
  [15, /^has no id$/],
  [16, /^has 8 values, and there are 7 columns$/],
  [19, /^has no price$/],
];

test.each([
  ['LF', '\n', ''],
  ['CRLF and a byte order mark', '\r\n', '\ufeff'],
])(
  'with lines that end in %s, the good rows go in and the bad ones are told by line',
  async (_, end, mark) => {
    await using market = await openMarketplace();
    const file = path.join(market.folder, 'troubled.csv');
    await writeFile(file, mark + TROUBLED.join(end) + end);

    const { totals, rejectsFile } = await market.run(file, { batch: 1 });

    expect(totals).toMatchObject({ inserted: 2, rejected: REASONS.length });
    expect(await importedInto(market)).toMatchObject([
      { import_key: 'listings:1', title: 'A chair', description: `Old,${end}and "comfortable"` },
      {
        import_key: 'listings:12',
        price_amount: '1050',
        price_currency: 'GBP',
        condition: 'LIKE_NEW',
        quantity_available: 3,
      },
    ]);
    expect(path.basename(rejectsFile)).toBe('troubled.csv.rejected.csv');
    const [header, ...rejected] = await rowsOf(rejectsFile);
    expect(header?.fields.slice(0, 4)).toEqual(['line', 'reason', 'id', 'title']);
    expect(rejected.map(({ fields: [line, reason] }) => [Number(line), reason])).toEqual(
      REASONS.map(([line, reason]) => [line, expect.stringMatching(reason)]),
    );
  },
);

test('the file of rejected rows can be mended and imported; when nothing is wrong any more, it is gone', async () => {
  await using market = await openMarketplace();
  const file = path.join(market.folder, 'troubled.csv');
  await writeFile(file, 'id,title,price\n1,A chair,10\n2,A lamp,0\n');
  const { rejectsFile } = await market.run(file);
  const mended = path.join(market.folder, 'mended.csv');
  await writeFile(mended, (await readFile(rejectsFile, 'utf8')).replace('A lamp,0', 'A lamp,20'));

  expect((await market.run(mended)).totals).toMatchObject({ inserted: 1, rejected: 0 });
  await writeFile(file, 'id,title,price\n1,A chair,10\n2,A lamp,20\n');
  expect((await market.run(file)).totals).toMatchObject({ unchanged: 2, rejected: 0 });
  await expect(readFile(rejectsFile)).rejects.toThrow('ENOENT');
});

test('a row that is not in UTF-8 is rejected rather than imported with its letters lost', async () => {
  await using market = await openMarketplace();
  const file = path.join(market.folder, 'latin.csv');
  await writeFile(
    file,
    Buffer.from('id,title,price\n1,A caf\xe9 chair,10\n2,A lamp,20\n', 'latin1'),
  );
  expect((await market.run(file)).totals).toMatchObject({ inserted: 1, rejected: 1 });
});

test('a quotation mark without an end is told by its line, and what stood before it is kept', async () => {
  await using market = await openMarketplace();
  const file = path.join(market.folder, 'open.csv');
  await writeFile(file, 'id,title,price\n1,A chair,10\n2,"A lamp,20\n3,A table,30\n');
  await expect(market.run(file)).rejects.toThrow(
    /open\.csv, from line 3 on: a quotation mark is not closed/,
  );
  expect(await importedInto(market)).toHaveLength(1);
});

test.each([
  [
    'sku,name,cost\n1,A chair,10\n',
    /^The first line has the columns sku, name, cost; understood are product_id,title,price_gbp \[,times_sold\] and id,title,price \[,/,
  ],
  ['', /is empty$/],
])(
  'a file that cannot be understood (%j) is refused in one line, and nothing is written',
  async (text, message) => {
    await using market = await openMarketplace();
    const file = path.join(market.folder, 'strange.csv');
    await writeFile(file, text);
    await expect(market.run(file)).rejects.toThrow(message);
    expect(
      await market.query('users', "SELECT FROM users WHERE handle = 'imported-goods'"),
    ).toEqual([]);
  },
);
