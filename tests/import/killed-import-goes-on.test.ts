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

interface Case {
  readonly what: string;
  readonly file: string;
  /** Small, so that there is a middle to be killed in. */
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

    const first = spawnImport([file, '--batch', batch], settingsOf(interrupted));
    while ((await countIn(interrupted)) === 0 && first.child.exitCode === null) await sleep(2);
    first.child.kill('SIGKILL');
    await first.ended;
    const half = await countIn(interrupted);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(all.length);

    const second = await spawnImport([file], settingsOf(interrupted)).ended;
    expect(second).toMatchObject({ code: 0 });
    expect(second.printed.replaceAll(',', '')).toContain(
      `${all.length - half} new ${half} unchanged`,
    );
    expect(await importedInto(interrupted)).toEqual(all);
  },
);
