import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmallFederation, startSmallFederation } from '../../kit/federation.ts';
import { createLogLines } from '../../kit/log-lines.ts';
import { quietPort } from '../../kit/quiet-port.ts';
import { REDIS, startRedis } from '../../kit/redis.ts';
import { startTestRouter, type TestRouter } from '../../kit/router.ts';

let federation: SmallFederation;

beforeAll(async () => {
  federation = await startSmallFederation({
    one: {
      sdl: `type Query { a: Int items(first: Int!): [Item] @listSize(slicingArguments: ["first"]) }
        type Item { id: ID }`,
      resolvers: { Query: { a: () => 1, items: () => [] } },
    },
  });
});
afterAll(() => federation[Symbol.asyncDispose]());

/** Starts a router, and waits until it is connected. */
const startOne = async (redisUrl: string, limits: object, { log, until } = createLogLines()) => {
  const { supergraph } = federation;
  const router = await startTestRouter({ supergraph, redisUrl, ...limits }, { log });
  await until(TOGETHER);
  return router;
};

const statusOf = async (router: TestRouter, query = '{ a }', user = 'user_1'): Promise<number> =>
  (await router.query(query, { user })).status;

const TOGETHER = 'Redis is there: what routers share is shared';
const AWAY = 'Redis is away: this router goes by itself meanwhile';
const STUCK = 'Redis does not answer: this router counts alone meanwhile';

test.skipIf(!REDIS)('requests to several routers are counted together', async () => {
  await using redis = await startRedis();
  const limits = { requestsPerMinutePerViewer: 3 };
  await using one = await startOne(redis.url, limits);
  await using other = await startOne(redis.url, limits);
  expect(await statusOf(one)).toBe(200);
  expect(await statusOf(other)).toBe(200);
  expect(await statusOf(one)).toBe(200);
  expect(await statusOf(other)).toBe(429);
  expect(await statusOf(one)).toBe(429);
  expect(await statusOf(other, '{ a }', 'user_2')).toBe(200);
});

test.skipIf(!REDIS)('so is what operations cost', async () => {
  await using redis = await startRedis();
  const limits = { costPerMinute: 10 };
  await using one = await startOne(redis.url, limits);
  await using other = await startOne(redis.url, limits);
  const items = '{ items(first: 6) { id } }';
  expect(await statusOf(one, items)).toBe(200);
  expect(await statusOf(other, items)).toBe(200);
  expect(await statusOf(one, items)).toBe(429);
  expect(await statusOf(other, items)).toBe(429);
});

test.skipIf(!REDIS)(
  'where Redis dies each counts for itself, says so once, and comes back with it',
  async () => {
    await using redis = await startRedis();
    const log = createLogLines();
    const limits = { requestsPerMinutePerViewer: 2 };
    await using one = await startOne(redis.url, limits, log);
    await using other = await startOne(redis.url, limits);
    expect(await statusOf(other)).toBe(200);
    expect(await statusOf(other)).toBe(200);
    expect(await statusOf(one)).toBe(429);

    await redis.kill();
    await log.until(AWAY);
    expect(await statusOf(one)).toBe(200);
    expect(await statusOf(one)).toBe(200);
    expect(await statusOf(one)).toBe(429);
    expect(log.lines.filter(({ msg }) => msg === AWAY)).toHaveLength(1);

    const before = log.lines.length;
    await using again = await startRedis(redis.port);
    await log.until(TOGETHER, before);
    // It has forgotten what was counted before.
    expect(await statusOf(one)).toBe(200);
    expect(again.url).toBe(redis.url);
  },
);

test.skipIf(!REDIS)('a Redis that answers nothing holds nobody up', async () => {
  await using redis = await startRedis();
  const log = createLogLines();
  await using router = await startOne(redis.url, { requestsPerMinutePerViewer: 2 }, log);
  expect(await statusOf(router)).toBe(200);
  redis.hang();
  expect(await statusOf(router)).toBe(200);
  expect(await statusOf(router)).toBe(200);
  expect(await statusOf(router)).toBe(429);
  expect(log.lines.filter(({ msg }) => msg === STUCK)).toHaveLength(1);
});

test('a router starts, and counts, where there is no Redis', async () => {
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    requestsPerMinutePerViewer: 1,
    redisUrl: `redis://127.0.0.1:${await quietPort()}`,
  });
  expect([await statusOf(router), await statusOf(router)]).toEqual([200, 429]);
});
