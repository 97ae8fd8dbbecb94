import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';
import { fails } from './shop.ts';

type Reference = { readonly id: string };

const book = (id: string) => ({ id, __typename: 'Book' });
const film = (id: string) => ({ id, __typename: 'Film' });

test('entities are found in lists within lists, and nulls are left alone', async () => {
  const shelves = [[book('1'), null, book('2')], null, [], [book('3')]];
  await using routed = await startRouted({
    library: {
      sdl: `type Query { rooms: [Room] } type Room { shelves: [[Book]] }
        type Book @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { rooms: () => [{ shelves }, null, { shelves: null }] } },
    },
    prices: {
      sdl: 'type Query { p: Int } type Book @key(fields: "id") { id: ID! price: Int }',
      resolvers: {
        Book: {
          __resolveReference: ({ id }: Reference) =>
            id === '2' ? null : { id, price: 10 * Number(id) },
        },
      },
    },
  });
  const { data, errors } = await routed.router.query('{ rooms { shelves { id price } } }');
  expect(errors).toBeUndefined();
  expect(data.rooms).toEqual([
    {
      shelves: [
        [{ id: '1', price: 10 }, null, { id: '2', price: null }],
        null,
        [],
        [{ id: '3', price: 30 }],
      ],
    },
    null,
    { shelves: null },
  ]);
  expect(routed.federation.asked('prices')).toHaveLength(1);
});

const MEDIA = {
  sdl: `type Query { media: [Medium] } interface Medium { id: ID! maker: Person }
    type Book implements Medium @key(fields: "id") { id: ID! maker: Person }
    type Film implements Medium @key(fields: "id") { id: ID! maker: Person }
    type Person @key(fields: "id") { id: ID! }`,
  resolvers: {
    Query: {
      media: () => [
        { ...book('1'), maker: { id: 'austen' } },
        { ...film('2'), maker: { id: 'varda' } },
        { ...book('3'), maker: null },
      ],
    },
  },
};

const cut = { cover: (_: unknown, { size }: { size: number }) => `${size} px` };

const DETAILS = {
  sdl: `type Query { d: Int }
    type Book @key(fields: "id") { id: ID! cover(size: Int): String }
    type Film @key(fields: "id") { id: ID! cover(size: Int): String }
    type Person @key(fields: "id") { id: ID! name(style: String): String }`,
  resolvers: {
    Book: { __resolveReference: ({ id }: Reference) => ({ id }), ...cut },
    Film: { __resolveReference: ({ id }: Reference) => ({ id }), ...cut },
    Person: {
      __resolveReference: ({ id }: Reference) => ({ id }),
      name: ({ id }: Reference, { style }: { style: string }) => `${id}, ${style}`,
    },
  },
};

test('one name with other arguments for each type is fetched for each type', async () => {
  await using routed = await startRouted({ media: MEDIA, details: DETAILS });
  const { data } = await routed.router.query(`{ media {
    ... on Film { cover(size: 2) maker { name(style: "full") } }
    ... on Book { cover(size: 1) maker { name(style: "short") } }
  } }`);
  expect(data.media).toEqual([
    { cover: '1 px', maker: { name: 'austen, short' } },
    { cover: '2 px', maker: { name: 'varda, full' } },
    { cover: '1 px', maker: null },
  ]);
});

test('what was asked of one type is fetched for that type alone', async () => {
  await using routed = await startRouted({ media: MEDIA, details: DETAILS });
  const query = '{ media { ... on Film { maker { name(style: "full") } } } }';
  const { data } = await routed.router.query(query);
  expect(data.media).toEqual([{}, { maker: { name: 'varda, full' } }, {}]);
  expect(routed.federation.asked('details')[0]?.variables.representations).toEqual([
    { __typename: 'Person', id: 'varda' },
  ]);
});

test('Query reached again from a payload is answered by all who answer queries', async () => {
  let added = 0;
  await using routed = await startRouted({
    books: {
      sdl: `type Query { count: Int } type Mutation { add(titles: [String!]!): [Payload] }
        type Payload { title: String! query: Query! }`,
      resolvers: {
        Query: { count: () => added },
        Payload: { query: () => ({}) },
        Mutation: {
          add: (_: unknown, { titles }: { titles: string[] }) => {
            added += titles.length;
            return titles.map((title) => ({ title }));
          },
        },
      },
    },
    prices: { sdl: 'type Query { cheapest: Int }', resolvers: { Query: { cheapest: () => 3 } } },
  });
  const { data } = await routed.router.query(
    'mutation { add(titles: ["Emma", "Villette"]) { title query { count cheapest __typename } } }',
  );
  const query = { count: 2, cheapest: 3, __typename: 'Query' };
  expect(data.add).toEqual([
    { title: 'Emma', query },
    { title: 'Villette', query },
  ]);
  expect(routed.federation.asked('prices')).toHaveLength(1);
});

test('fields that the planner had to rename come back under their names, errors too', async () => {
  await using routed = await startRouted({
    things: {
      sdl: `type Query { things: [Thing] } interface Thing { id: ID! }
        type Box implements Thing @key(fields: "id") { id: ID! size: Int! @shareable }
        type Bag implements Thing @key(fields: "id") { id: ID! size: Int @shareable }`,
      resolvers: {
        Query: {
          things: () => [
            { __typename: 'Box', id: '1', size: 4 },
            { __typename: 'Bag', id: '2', size: 5 },
            { __typename: 'Bag', id: '3', size: fails('torn') },
            { __typename: 'Box', id: '4', size: fails('wet') },
          ],
        },
      },
    },
    sizes: {
      sdl: `type Query { s: Int } interface Thing { id: ID! size: Int }
        type Box implements Thing @key(fields: "id") { id: ID! size: Int! @shareable }
        type Bag implements Thing @key(fields: "id") { id: ID! size: Int @shareable }`,
    },
  });
  const { data, errors } = await routed.router.query('{ things { size } }');
  expect(routed.federation.asked('things')[0]?.query).toMatch(/size__alias_\d: ?size/);
  expect(data.things).toEqual([{ size: 4 }, { size: 5 }, { size: null }, null]);
  expect(errors).toMatchObject([
    { message: 'torn', path: ['things', 2, 'size'] },
    { message: 'wet', path: ['things', 3, 'size'] },
  ]);
});
