import { expect, test } from 'vitest';
import { createLogLines } from '../../kit/log-lines.ts';
import { REDIS, startRedis } from '../../kit/redis.ts';
import { startTestRouter } from '../../kit/router.ts';
import { anew, keeping, startKeeping } from './arrange.ts';

const goods = () => ({
  shop: keeping(
    `type Query { items(ids: [ID!]!): [Item] }
     type Item @key(fields: "id") { id: ID! @shareable }`,
    {
      Query: {
        items: (_: unknown, { ids }: { ids: readonly string[] }) => ids.map((id) => ({ id })),
      },
    },
  ),
  details: keeping(
    `type Item @key(fields: "id") @cacheTag(format: "item-{$key.id}") {
       id: ID! @shareable
       title: String @cacheControl(maxAge: 600)
     }`,
    { Item: { title: anew } },
  ),
});

const THERE = 'Redis is there: what routers share is shared';
const AWAY = 'Redis is away: this router goes by itself meanwhile';

const TITLES = '{ items(ids: ["a", "b"]) { title } }';

test.skipIf(!REDIS)(
  'what one router keeps another one knows, until it is invalidated at any',
  async () => {
    await using redis = await startRedis();
    const settings = { cache: 'redis', redisUrl: redis.url } as const;
    await using shop = await startKeeping(goods(), settings);
    const log = createLogLines();
    await using other = await startTestRouter(
      { supergraph: shop.federation.supergraph, ...settings },
      log,
    );
    await log.until(THERE);
    const first = (await shop.router.query(TITLES)).data;
    // It is kept without anybody waiting for it.
    await expect
      .poll(async () => {
        const before = shop.asked('details');
        const { data } = await other.query(TITLES);
        return shop.asked('details') === before && JSON.stringify(data);
      })
      .toBe(JSON.stringify((await shop.router.query(TITLES)).data));
    expect(first).toEqual((await other.query(TITLES)).data);

    expect(await shop.invalidate(['item-a'])).toBe(204);
    const [a, b] = Object(first).items;
    const [newA, sameB] = Object((await other.query(TITLES)).data).items;
    expect(newA).not.toEqual(a);
    expect(sameB).toEqual(b);
  },
);

test.skipIf(!REDIS)('while Redis is away or stuck answers come as ever', async () => {
  await using redis = await startRedis();
  await using federation = await startKeeping(goods(), { cache: 'off' });
  const log = createLogLines();
  await using router = await startTestRouter(
    { supergraph: federation.federation.supergraph, cache: 'redis', redisUrl: redis.url },
    log,
  );
  await log.until(THERE);
  const ask = async () => Object((await router.query(TITLES)).data).items[0].title;
  const kept = await ask();
  await expect.poll(ask).toBe(kept);

  redis.hang();
  expect(await ask()).not.toBe(kept);
  await redis.kill();
  await log.until(AWAY);
  expect(await ask()).not.toBe(kept);
});

test('Redis is only for whoever says where it is', async () => {
  await using federation = await startKeeping(goods(), { cache: 'off' });
  const { supergraph } = federation.federation;
  await expect(startTestRouter({ supergraph, cache: 'redis' })).rejects.toThrow(
    'CACHE: redis keeps answers in Redis: set REDIS_URL.',
  );
});
