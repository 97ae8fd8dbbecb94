import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Acknowledged } from './buyer.ts';
import { startMarket } from './market.ts';
import { playRound } from './round.ts';
import { scheduleOf } from './schedule.ts';

/** How long rounds go on; `npm run test:chaos -- --minutes N` sets it. */
const MINUTES = Number(process.env['CHAOS_MINUTES'] ?? 2);
/** Plays this round alone; printed by the run that failed. */
const SEED = process.env['CHAOS_SEED'];
const SIZE = process.env['CHAOS_SIZE'];

/** The supervisor waits longer before each start of what keeps dying; a new one has no grudge. */
const ROUNDS_BETWEEN_RESTARTS = 4;

test(
  'whatever is killed, each item has one owner at most and money adds up to the cent',
  async () => {
    await using market = await startMarket();
    const acknowledged: Acknowledged[] = [];
    const end = Date.now() + MINUTES * 60_000;
    for (let round = 0; round === 0 || (SEED === undefined && Date.now() < end); round += 1) {
      if (round > 0 && round % ROUNDS_BETWEEN_RESTARTS === 0) await market.restart();
      const seed = SEED === undefined ? randomInt(2 ** 31) : Number(SEED);
      // The first is the largest; what small ones find is easier to follow.
      const size = SIZE === undefined ? (round === 0 ? 500 : 20 + (seed % 100)) : Number(SIZE);
      const { broken, told, heard } = await playRound(market, scheduleOf(seed, size), acknowledged);
      const name = `CHAOS_SEED=${seed} CHAOS_SIZE=${size}`;
      process.stdout.write(`  ${name}: ${JSON.stringify(told)} ${JSON.stringify(heard)}\n`);
      expect(broken, name).toEqual({});
      const isSold = `${name}: somebody has bought something, of\n${market.story()}`;
      expect(told['PAID'] ?? 0, isSold).toBeGreaterThan(0);
    }
  },
  (MINUTES + 8) * 60_000,
);
