import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';

type Reference = { readonly __typename: string; readonly id: string };

/** `media` knows the types; `reviews` knows the interface alone, as an object. */
const SUBGRAPHS = {
  media: {
    sdl: `type Query { media: [Medium!]! }
      interface Medium @key(fields: "id") { id: ID! title: String }
      type Book implements Medium @key(fields: "id") { id: ID! title: String pages: Int }
      type Film implements Medium @key(fields: "id") { id: ID! title: String minutes: Int }`,
    resolvers: {
      Query: {
        media: () => [
          { __typename: 'Book', id: '1', title: 'Emma', pages: 400 },
          { __typename: 'Film', id: '2', title: 'Cléo', minutes: 90 },
        ],
      },
      Medium: {
        __resolveReference: ({ id }: Reference) =>
          id === '1'
            ? { __typename: 'Book', id, title: 'Emma', pages: 400 }
            : { __typename: 'Film', id, title: 'Cléo', minutes: 90 },
      },
    },
  },
  reviews: {
    sdl: `type Query { best: Medium reviewed: [Medium!]! }
      type Medium @key(fields: "id") @interfaceObject { id: ID! stars: Int }`,
    resolvers: {
      Query: {
        best: () => ({ id: '2', stars: 5 }),
        reviewed: () => [
          { id: '1', stars: 3 },
          { id: '2', stars: 5 },
        ],
      },
      Medium: { __resolveReference: ({ id }: Reference) => ({ id, stars: id === '1' ? 3 : 5 }) },
    },
  },
};

test('a field of the interface is added to objects of every type, asked for as the interface', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const { data } = await routed.router.query('{ media { __typename title stars } }');
  expect(data.media).toEqual([
    { __typename: 'Book', title: 'Emma', stars: 3 },
    { __typename: 'Film', title: 'Cléo', stars: 5 },
  ]);
  const [asked] = routed.federation.asked('reviews');
  expect(asked?.variables.representations).toEqual([
    { __typename: 'Medium', id: '1' },
    { __typename: 'Medium', id: '2' },
  ]);
});

test('a field of the interface is added to objects of one type alone', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const { data } = await routed.router.query('{ media { ... on Film { stars } } }');
  expect(data.media).toEqual([{}, { stars: 5 }]);
});

test('where the concrete type is not asked for, nobody else is', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const { data, errors } = await routed.router.query('{ best { id stars } reviewed { stars } }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({ best: { id: '2', stars: 5 }, reviewed: [{ stars: 3 }, { stars: 5 }] });
  expect(routed.federation.asked('media')).toHaveLength(0);
});

test('where it is asked for, who knows it tells', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const { data } = await routed.router.query(`{
    best { __typename stars title }
    reviewed { kind: __typename ... on Book { pages stars } ... on Film { minutes } }
  }`);
  expect(data).toEqual({
    best: { __typename: 'Film', stars: 5, title: 'Cléo' },
    reviewed: [
      { kind: 'Book', pages: 400, stars: 3 },
      { kind: 'Film', minutes: 90 },
    ],
  });
});

test('a third subgraph may be asked by what the interface has, and the type stays known', async () => {
  const { media, reviews } = SUBGRAPHS;
  await using routed = await startRouted({
    media,
    reviews: {
      sdl: reviews.sdl.replace(
        '{ id: ID! stars: Int }',
        '@key(fields: "code") { id: ID! stars: Int code: String }',
      ),
      resolvers: {
        ...reviews.resolvers,
        Medium: { __resolveReference: ({ id }: Reference) => ({ id, code: `code ${id}` }) },
      },
    },
    prices: {
      sdl: `type Query { p: Int } type Medium @key(fields: "code") @interfaceObject { code: String price: String }`,
      resolvers: {
        Medium: {
          __resolveReference: ({ code }: { code: string }) => ({ code, price: `price of ${code}` }),
        },
      },
    },
  });
  const { data, errors } = await routed.router.query(
    '{ media { price kind: __typename ... on Book { pages } } }',
  );
  expect(errors).toBeUndefined();
  expect(data.media).toEqual([
    { price: 'price of code 1', kind: 'Book', pages: 400 },
    { price: 'price of code 2', kind: 'Film' },
  ]);
});
