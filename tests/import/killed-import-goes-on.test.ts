import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  hasSharedData,
  importedInto,
  type Marketplace,
  openMarketplace,
  RETAIL,
  SHOP,
  settingsOf,
  spawnImport,
} from './importing.ts';

const countIn = async (market: Marketplace): Promise<number> => (await importedInto(market)).length;

const numberOf = (text = ''): number => Number(text.replaceAll(',', ''));

/** Makes every statement take its time, so that there is a middle to be killed in. */
const slowDown = async ({ query }: Marketplace): Promise<() => Promise<unknown>> => {
  await query(
    'catalog',
    `CREATE FUNCTION dawdle() RETURNS TRIGGER LANGUAGE plpgsql
       AS 'BEGIN PERFORM pg_sleep(0.05); RETURN NULL; END';
     CREATE TRIGGER dawdling AFTER INSERT ON products EXECUTE FUNCTION dawdle()`,
  );
  return () => query('catalog', 'DROP TRIGGER dawdling ON products');
};

interface Case {
  readonly what: string;
  readonly file: string;
  readonly batch: string;
}

const CASES: readonly Case[] = [
  { what: 'eighty rows', file: SHOP, batch: '1' },
  ...(hasSharedData ? [{ what: 'the real shop', file: RETAIL, batch: '20' }] : []),
];

test.each(CASES)(
  'an import of $what that was killed half-way ends the same when it is run again',
  async ({ file, batch }) => {
    await using interrupted = await openMarketplace();
    await using undisturbed = await openMarketplace();
    await undisturbed.run(file);
    const all = await importedInto(undisturbed);

    const speedUp = await slowDown(interrupted);
    const first = spawnImport([file, '--batch', batch], settingsOf(interrupted));
    while ((await countIn(interrupted)) === 0 && first.child.exitCode === null) await sleep(2);
    first.child.kill('SIGKILL');
    await first.ended;
    const half = await countIn(interrupted);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(all.length);

    await speedUp();
    const second = await spawnImport([file], settingsOf(interrupted)).ended;
    expect(second).toMatchObject({ code: 0 });
    // The file's name begins the summary; lines of progress count what is done so far.
    const [, added, kept] = /\.csv: ([\d,]+) new, ([\d,]+) unchanged/.exec(second.printed) ?? [];
    expect(numberOf(added) + numberOf(kept)).toBe(all.length);
    // What was under way when it was killed may have been written after the count.
    expect(numberOf(kept)).toBeGreaterThanOrEqual(half);
    expect(await importedInto(interrupted)).toEqual(all);
  },
);
