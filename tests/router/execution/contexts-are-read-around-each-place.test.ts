import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';

const member = (currency: string | null, books: readonly string[]) => ({
  currency,
  cart: { lines: books.map((id) => ({ book: { id } })) },
});

const SUBGRAPHS = {
  members: {
    sdl: `type Query { members: [Member!]! first: Member }
      type Member @key(fields: "id") @context(name: "member") { id: ID! currency: String cart: Cart }
      type Cart { lines: [Line!]! } type Line { book: Book }
      type Book @key(fields: "id") { id: ID! price(currency: String @fromContext(field: "$member { currency }")): String }`,
    resolvers: {
      Query: {
        members: () => [member('EUR', ['1', '2']), member('SEK', ['1']), member('EUR', ['2'])],
        first: () => member(null, ['1']),
      },
      Member: { id: () => 'm' },
      Book: {
        __resolveReference: (reference: object) => reference,
        price: ({ id }: { id: string }, { currency }: { currency?: string }) =>
          `${id} in ${currency}`,
      },
    },
  },
  titles: {
    sdl: 'type Query { t: Int } type Book @key(fields: "id") { id: ID! title: String }',
    resolvers: {
      Book: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `t${id}` }) },
    },
  },
};

test('one entity in several places gets in each what stands around that place', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const { data, errors } = await routed.router.query(
    '{ members { cart { lines { book { price title } } } } }',
  );
  expect(errors).toBeUndefined();
  const books = data.members.map(({ cart }: { cart: { lines: { book: object }[] } }) =>
    cart.lines.map(({ book }) => book),
  );
  expect(books).toEqual([
    [
      { price: '1 in EUR', title: 't1' },
      { price: '2 in EUR', title: 't2' },
    ],
    [{ price: '1 in SEK', title: 't1' }],
    [{ price: '2 in EUR', title: 't2' }],
  ]);
});

test('so does one that was fetched once for several places', async () => {
  const { members, titles } = SUBGRAPHS;
  await using routed = await startRouted({
    members: {
      ...members,
      sdl: members.sdl.replace(
        'type Line { book: Book }',
        'type Line @key(fields: "id") { id: ID! }',
      ),
      resolvers: {
        ...members.resolvers,
        Line: { id: ({ book }: { book: { id: string } }) => book.id },
      },
    },
    stock: {
      sdl: `type Query { s: Int } type Line @key(fields: "id") { id: ID! book: Book }
        type Book @key(fields: "id") { id: ID! }`,
      resolvers: {
        Line: { __resolveReference: ({ id }: { id: string }) => ({ id, book: { id } }) },
      },
    },
    titles,
  });
  const { data } = await routed.router.query('{ members { cart { lines { book { price } } } } }');
  const prices = data.members.map(({ cart }: { cart: { lines: { book: object }[] } }) =>
    cart.lines.map(({ book }) => book),
  );
  expect(prices).toEqual([
    [{ price: '1 in EUR' }, { price: '2 in EUR' }],
    [{ price: '1 in SEK' }],
    [{ price: '2 in EUR' }],
  ]);
});

test('entities with the same around them are asked for together', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  await routed.router.query('{ members { cart { lines { book { price } } } } }');
  const [, ...asked] = routed.federation.asked('members');
  const ids = asked.map(({ variables: { representations, ...context } }) => [
    Object.values(context),
    representations.map(({ id }: { id: string }) => id),
  ]);
  expect(ids).toEqual([
    [['EUR'], ['1', '2']],
    [['SEK'], ['1']],
  ]);
});

test('what is null around a place is null there, and does not show in the answer', async () => {
  await using routed = await startRouted(SUBGRAPHS);
  const { data } = await routed.router.query('{ first { cart { lines { book { price } } } } }');
  expect(data).toEqual({ first: { cart: { lines: [{ book: { price: '1 in null' } }] } } });
});
