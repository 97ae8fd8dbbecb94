import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { withConnection } from '../../subgraphs/kit/connection.ts';
import { learn } from '../../subgraphs/recommendations/training/store.ts';
import { type Marketplace, openMarketplace, settingsOf, spawnImport } from './importing.ts';

const PRODUCTS = 'product_id,title,price_gbp\n1,RED MUG,2.50\n2,BLUE MUG,2.50\n3,DOOR MAT,7\n';

const HEADER = 'customer_id,product_id,quantity,purchased_at';

/** A market in which the three products were imported. */
const openShop = async () => {
  const market = await openMarketplace();
  await market.run(await write(market, 'products.csv', PRODUCTS));
  return market;
};

const write = async (
  { folder }: Marketplace,
  name: string,
  content: string | Buffer,
): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
};

const lines = (rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

const imported = ({ query }: Marketplace) =>
  query(
    'recommendations',
    `SELECT kind, product_id, actor_id, occurred_at, client_event_id FROM events
     WHERE actor_id LIKE 'session_online-retail %' ORDER BY actor_id, client_event_id`,
  );

const idOf = async ({ query }: Marketplace, product: string): Promise<string> => {
  const key = `online-retail:${product}`;
  const [row] = await query('catalog', 'SELECT id FROM products WHERE import_key = $1', [key]);
  return row.id;
};

const ROWS = [
  '17850,1,6,2010-12-01T08:26Z',
  '17850,2,6,2010-12-01T08:26Z',
  // Twice on one bill.
  '17850,2,1,2010-12-01T08:26Z',
  '13047,1,2,2010-12-02T09:00Z',
  '13047,2,2,2010-12-02T09:00Z',
];

test('purchases become events of the items that the products became; twice is once', async () => {
  await using market = await openShop();
  const file = await write(market, 'purchases.csv.gz', gzipSync(lines(ROWS)));
  expect((await market.run(file)).totals).toMatchObject({ inserted: 5, unchanged: 0, rejected: 0 });
  const events = await imported(market);
  expect(events).toHaveLength(5);
  expect(events[0]).toMatchObject({
    kind: 'BOUGHT',
    product_id: await idOf(market, '1'),
    actor_id: 'session_online-retail 13047',
    occurred_at: new Date('2010-12-02T09:00Z'),
  });

  expect((await market.run(file, { batch: 2 })).totals).toMatchObject({
    inserted: 0,
    unchanged: 5,
  });
  // What comes before it in a longer file changes nothing about a purchase.
  const longer = ['1,3,1,2010-11-30T08:00Z', ...ROWS];
  const more = await write(market, 'more.csv', lines(longer));
  expect((await market.run(more)).totals).toMatchObject({ inserted: 1, unchanged: 5 });
});

test('what people bought long ago is learnt from as what they buy today', async () => {
  await using market = await openShop();
  await market.run(await write(market, 'purchases.csv', lines(ROWS)));
  await withConnection(market.urls.recommendations, learn);
  const neighbours = await market.query(
    'recommendations',
    'SELECT neighbour_id, kind FROM neighbours WHERE product_id = $1',
    [await idOf(market, '1')],
  );
  expect(neighbours).toEqual([{ neighbour_id: await idOf(market, '2'), kind: 'BOUGHT_TOGETHER' }]);
});

test('rows that say nothing that can be learnt are set aside, the others are not lost', async () => {
  await using market = await openShop();
  const rows = [
    '1,1,1,2010-12-01T08:26Z',
    '1,99,1,2010-12-01T08:26Z',
    '1,2,1,yesterday',
    ',2,1,2010-12-01T08:26Z',
    '1,2',
  ];
  const { totals } = await market.run(await write(market, 'purchases.csv', lines(rows)));
  expect(totals).toMatchObject({ inserted: 1, rejected: 4 });
});

test('without the products it says what to import first, and writes nothing', async () => {
  await using market = await openMarketplace();
  const file = await write(market, 'purchases.csv', lines(ROWS));
  await expect(market.run(file)).rejects.toThrow('import them first');
  expect(await imported(market)).toEqual([]);
});

test('a packed file that is cut off is taken as far as it goes, and said to be cut off', async () => {
  await using market = await openShop();
  const rows = Array.from({ length: 20_000 }, (_, n) => `${n},1,1,2010-12-01T08:26Z`);
  const packed = gzipSync(lines(rows));
  const file = await write(market, 'purchases.csv.gz', packed.subarray(0, packed.length / 2));
  await expect(market.run(file)).rejects.toThrow('cut off');
});

test('an import that was killed half-way ends the same when it is run again', async () => {
  await using market = await openShop();
  const rows = Array.from({ length: 2_000 }, (_, n) => `${n},${1 + (n % 3)},1,2010-12-01T08:26Z`);
  const file = await write(market, 'purchases.csv.gz', gzipSync(lines(rows)));
  await market.query(
    'recommendations',
    `CREATE FUNCTION dawdle() RETURNS TRIGGER LANGUAGE plpgsql
       AS 'BEGIN PERFORM pg_sleep(0.05); RETURN NULL; END';
     CREATE TRIGGER dawdling AFTER INSERT ON events EXECUTE FUNCTION dawdle()`,
  );
  const first = spawnImport([file, '--batch', '20'], settingsOf(market));
  while ((await imported(market)).length === 0 && first.child.exitCode === null) await sleep(2);
  first.child.kill('SIGKILL');
  await first.ended;
  const half = (await imported(market)).length;
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(2_000);

  await market.query('recommendations', 'DROP TRIGGER dawdling ON events');
  const second = await spawnImport([file], settingsOf(market)).ended;
  expect(second).toMatchObject({ code: 0 });
  expect(await imported(market)).toHaveLength(2_000);
});
