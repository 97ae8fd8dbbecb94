import { setTimeout as sleep } from 'node:timers/promises';
import { Agent } from 'undici';
import { type Acknowledged, buy } from './buyer.ts';
import { stock } from './goods.ts';
import type { Market } from './market.ts';
import { isQuiet, judge } from './oracle.ts';
import type { Schedule } from './schedule.ts';

/**
 * How long buyers insist, and then how long the sweeper may take, in milliseconds: long, since on a
 * machine that has much else to do a router alone takes half a minute to start.
 */
const PATIENCE_MS = 180_000;
const SWEEP_MS = 150_000;

/** What came of a round. */
export interface Outcome {
  /** By promise that is broken: the rows that break it. */
  readonly broken: Readonly<Record<string, readonly object[]>>;
  /** How many orders buyers were told of, by how these were said to be. */
  readonly told: Readonly<Record<string, number>>;
  /** How many requests of buyers ended how. */
  readonly heard: Readonly<Record<string, number>>;
}

/**
 * Buyers buy while processes are killed; then everything is left to come to rest, and judged.
 *
 * @param before what buyers were told in the rounds before, which must still be true
 */
export const playRound = async (
  market: Market,
  schedule: Schedule,
  before: Acknowledged[],
): Promise<Outcome> => {
  const goods = await stock(market.databases(), schedule);
  const agent = new Agent({ connections: 64 });
  const heard: string[] = [];
  const hear = (how: string): void => void heard.push(how);
  const asking = { url: market.url, agent, deadline: Date.now() + PATIENCE_MS, hear };
  const killing = schedule.kills.map(async ({ victim, afterMs }) => {
    await sleep(afterMs);
    market.kill(victim);
  });
  const buying = schedule.purchases.map((purchase) => buy(asking, schedule, goods, purchase));
  const acknowledged = (await Promise.all(buying)).filter((each) => each !== null);
  await Promise.all(killing);
  await agent.close();
  before.push(...acknowledged);

  const deadline = Date.now() + SWEEP_MS;
  while (!(await isQuiet(market.databases())) && Date.now() < deadline) await sleep(250);
  return {
    broken: await judge(market.databases(), before),
    told: count(acknowledged.map(({ status }) => status)),
    heard: count(heard),
  };
};

const count = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};
