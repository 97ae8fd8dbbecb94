import { expect, test } from 'vitest';
import { startSmallFederation } from '../../kit/federation.ts';
import { startTestRouter } from '../../kit/router.ts';
import { answers, type Behaviour, hangsUp, startShop } from './shop.ts';

/** Hangs up on the first request. */
const hangsUpOnce = (): Behaviour => {
  let isFirst = true;
  return (request, response) => {
    (isFirst ? hangsUp : answers)(request, response);
    isFirst = false;
  };
};

test.each([
  ['a query', '{ stock }', { stock: 7 }],
  ['a change marked @idempotent', 'mutation { reserve(key: "k") }', { reserve: 1 }],
])('%s whose answer was lost is asked for again', async (_what, document, data) => {
  await using shop = await startShop([hangsUpOnce()]);
  expect(await shop.router.query(document)).toMatchObject({ data });
  expect(shop.counts()).toEqual([2]);
});

test.each([
  ['a change', 'mutation { sell }'],
  ['a change among others marked @idempotent', 'mutation { reserve(key: "k") sell }'],
])('%s whose answer was lost is asked for once', async (_what, document) => {
  await using shop = await startShop([hangsUpOnce()]);
  const { errors } = await shop.router.query(document);
  expect(errors?.[0]).toMatchObject({
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'shop' },
  });
  expect(shop.counts()).toEqual([1]);
});

test('where everything fails, little is asked again', async () => {
  await using shop = await startShop([hangsUp]);
  for (let round = 0; round < 200; round += 1) await shop.router.query('{ stock }');
  // A tenth, and the few that may be spent at once.
  expect(shop.counts()[0]).toBeLessThanOrEqual(200 + 20 + 20 + 1);
  expect(shop.counts()[0]).toBeGreaterThan(3);
});

test('nothing is asked again where no retries are wanted', async () => {
  await using shop = await startShop([hangsUpOnce()], { subgraphRetries: 0 });
  expect((await shop.router.query('{ stock }')).errors).toHaveLength(1);
  expect(shop.counts()).toEqual([1]);
});

test.each([
  ['that may be null', 'reserve(key: ID): Int @idempotent(key: "key")'],
  ['that is not there', 'reserve(id: ID!): Int @idempotent(key: "key")'],
  ['of an input that may be null', 'reserve(input: Order): Int @idempotent(key: "input.key")'],
])('a supergraph with @idempotent by a key %s is refused', async (_what, field) => {
  await using federation = await startSmallFederation({
    shop: {
      sdl: `
        extend schema
          @link(url: "https://specs.emporium.example/router/v1.0", import: ["@idempotent"])
          @composeDirective(name: "@idempotent")
        directive @idempotent(key: String!) on FIELD_DEFINITION
        type Query { stock: Int }
        input Order { key: ID! }
        type Mutation { ${field} }`,
    },
  });
  await expect(startTestRouter({ supergraph: federation.supergraph })).rejects.toThrow(
    /@idempotent\(key: ".*"\) on Mutation.reserve/,
  );
});
