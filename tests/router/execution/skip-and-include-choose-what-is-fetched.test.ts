import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';

const SUBGRAPHS = {
  books: {
    sdl: `type Query { books: [Book] motto: String } type Book @key(fields: "id") { id: ID! title: String }`,
    resolvers: {
      Query: { motto: () => 'read', books: () => [{ id: '1', title: 'Emma' }] },
    },
  },
  prices: {
    sdl: `type Query { cheapest: Int } type Book @key(fields: "id") { id: ID! price: Int }`,
    resolvers: {
      Query: { cheapest: () => 3 },
      Book: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 7 }) },
    },
  },
};

const startShop = async () => {
  const routed = await startRouted(SUBGRAPHS);
  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    const before = routed.federation.requests.length;
    const { data, errors } = await routed.router.query(query, { variables });
    expect(errors).toBeUndefined();
    const asked = routed.federation.requests.slice(before).map(({ subgraph }) => subgraph);
    return { data, asked: asked.sort() };
  };
  return { ask, [Symbol.asyncDispose]: routed[Symbol.asyncDispose] };
};

test('a plan that is skipped as a whole asks nobody', async () => {
  await using shop = await startShop();
  const query = 'query ($on: Boolean!) { cheapest @include(if: $on) }';
  expect(await shop.ask(query, { on: true })).toEqual({ data: { cheapest: 3 }, asked: ['prices'] });
  expect(await shop.ask(query, { on: false })).toEqual({ data: {}, asked: [] });
  expect(await shop.ask('{ motto @skip(if: true) }')).toEqual({ data: {}, asked: [] });
});

test('a subgraph of which everything is skipped is not asked', async () => {
  await using shop = await startShop();
  const query = `query ($some: Boolean = false, $none: Boolean!) {
    motto
    cheapest @skip(if: $none)
    books { title ...Price @include(if: $some) }
  }
  fragment Price on Book { price }`;
  const ask = (variables: Record<string, unknown>) => shop.ask(query, variables);
  expect(await ask({ none: true })).toEqual({
    data: { motto: 'read', books: [{ title: 'Emma' }] },
    asked: ['books'],
  });
  expect(await ask({ none: false })).toEqual({
    data: { motto: 'read', cheapest: 3, books: [{ title: 'Emma' }] },
    asked: ['books', 'prices'],
  });
  expect(await ask({ none: true, some: true })).toEqual({
    data: { motto: 'read', books: [{ title: 'Emma', price: 7 }] },
    asked: ['books', 'prices'],
  });
});

test('a field is there where one of its places is, and skip and include both let it', async () => {
  await using shop = await startShop();
  const query = `query ($a: Boolean!, $b: Boolean!) {
    motto @skip(if: $a) @include(if: $b)
    ... @include(if: $a) { motto cheapest }
    ... on Query @skip(if: $b) { cheapest }
  }`;
  const fields = async (a: boolean, b: boolean) =>
    Object.keys((await shop.ask(query, { a, b })).data);
  expect(await fields(false, false)).toEqual(['cheapest']);
  expect(await fields(false, true)).toEqual(['motto']);
  expect(await fields(true, false)).toEqual(['motto', 'cheapest']);
  expect(await fields(true, true)).toEqual(['motto', 'cheapest']);
});
