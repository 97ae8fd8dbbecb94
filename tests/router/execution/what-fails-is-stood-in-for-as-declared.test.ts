import { expect, test } from 'vitest';
import { type SmallSubgraph, startSmallFederation } from '../../kit/federation.ts';
import { startTestRouter } from '../../kit/router.ts';
import { keeping, startKeeping } from '../cache/arrange.ts';

const ITEMS: SmallSubgraph = {
  sdl: 'type Query { items: [Item!] } type Item @key(fields: "id") { id: ID! }',
  resolvers: { Query: { items: () => [{ id: 'a' }, { id: 'b' }] } },
};

const ADVICE: SmallSubgraph = {
  sdl: `
    extend schema
      @link(url: "https://specs.emporium.example/router/v1.0", import: ["@standIn"])
      @composeDirective(name: "@standIn")
    directive @standIn(value: String!) on FIELD_DEFINITION
    type Item @key(fields: "id") {
      id: ID!
      related: [Item!]! @standIn(value: "[]")
      rating: Int @standIn(value: "null")
      reason: String
    }`,
  resolvers: {
    Item: {
      related: () => [],
      rating: ({ id }: { id: string }) => {
        if (id === 'a') throw new Error('it is not known');
        return 5;
      },
    },
  },
};

const start = async (advice: SmallSubgraph) => {
  const federation = await startSmallFederation({ items: ITEMS, advice });
  const router = await startTestRouter({ supergraph: federation.supergraph });
  return {
    federation,
    router,
    [Symbol.asyncDispose]: async () => {
      await router[Symbol.asyncDispose]();
      await federation[Symbol.asyncDispose]();
    },
  };
};

const standsInFor = (path: readonly (string | number)[], code: string) => ({
  path,
  service: 'advice',
  code,
  standIn: 'DEFAULT',
});

test('a default stands in for what a service that is down would say, and nothing else does', async () => {
  await using shop = await start(ADVICE);
  await shop.federation.subgraphs.advice.goDown();
  const answer = await shop.router.query('{ items { id like: related { id } rating reason } }');
  expect(answer.data).toEqual({
    items: [
      { id: 'a', like: [], rating: null, reason: null },
      { id: 'b', like: [], rating: null, reason: null },
    ],
  });
  expect(answer.errors?.map(({ path }) => path)).toEqual([
    ['items', 0, 'reason'],
    ['items', 1, 'reason'],
  ]);
  const { degraded } = Object(answer.extensions);
  expect(degraded).toEqual(
    [0, 1].flatMap((item) =>
      ['like', 'rating'].map((field) =>
        standsInFor(['items', item, field], 'SUBGRAPH_UNAVAILABLE'),
      ),
    ),
  );
});

test('a default stands in for one field that failed', async () => {
  await using shop = await start(ADVICE);
  const answer = await shop.router.query('{ items { rating } }');
  expect(answer.data).toEqual({ items: [{ rating: null }, { rating: 5 }] });
  expect(answer.errors).toBeUndefined();
  const { degraded } = Object(answer.extensions);
  expect(degraded).toMatchObject([{ path: ['items', 0, 'rating'], standIn: 'DEFAULT' }]);
});

test('while nothing fails, nothing is told', async () => {
  await using shop = await start(ADVICE);
  const answer = await shop.router.query('{ items { related { id } } }');
  expect(answer).toEqual({ status: 200, data: { items: [{ related: [] }, { related: [] }] } });
});

test('a supergraph whose default is no JSON is refused', async () => {
  const wrong = { ...ADVICE, sdl: ADVICE.sdl.replace('"[]"', '"[)"') };
  await expect(start(wrong)).rejects.toThrow('@standIn(value: "[)") on Item.related');
});

test('the last good value stands in for as long as it may, and not once it was invalidated', async () => {
  await using shop = await startKeeping({
    items: ITEMS,
    prices: keeping(
      `type Item @key(fields: "id") @cacheTag(format: "item-{$key.id}") {
         id: ID!
         views: Int @cacheControl(maxAge: 1, staleIfError: 600)
       }
       type Query { best: String @cacheControl(maxAge: 1, staleIfError: 600) }`,
      { Item: { views: () => 3 }, Query: { best: () => 'a' } },
    ),
  });
  const ask = () => shop.router.query('{ best items { views } }');
  const good = await ask();
  expect(good).toEqual({ status: 200, data: { best: 'a', items: [{ views: 3 }, { views: 3 }] } });

  await shop.federation.subgraphs.prices.goDown();
  // Past the second for which it is good, which nothing else tells.
  await expect
    .poll(async () => Object((await ask()).extensions).degraded, { timeout: 5_000 })
    .toEqual([
      { path: [], service: 'prices', code: 'SUBGRAPH_UNAVAILABLE', standIn: 'LAST_GOOD' },
      {
        path: ['items', '@'],
        service: 'prices',
        code: 'SUBGRAPH_UNAVAILABLE',
        standIn: 'LAST_GOOD',
      },
    ]);
  expect((await ask()).data).toEqual(good.data);

  await shop.invalidate(['item-a']);
  const after = await ask();
  expect(after.data).toEqual({ best: 'a', items: [{ views: null }, { views: null }] });
  expect(after.errors).toHaveLength(2);
});
