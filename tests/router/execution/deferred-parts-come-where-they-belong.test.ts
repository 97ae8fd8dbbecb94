import { expect, test } from 'vitest';
import { type RouterSettings, readRouterSettings } from '../../../router/settings.ts';
import { startRouted } from '../../kit/routed.ts';
import { BOOKS, gatherParts, PRICES } from './shop.ts';

const startShop = async (overrides: Partial<RouterSettings> = {}) => {
  const routed = await startRouted({ books: BOOKS, prices: PRICES }, overrides);
  return {
    routed,
    ask: async (query: string, variables: Record<string, unknown> = {}) => {
      await using parts = await routed.router.defer(query, { variables });
      return await gatherParts(parts);
    },
    [Symbol.asyncDispose]: routed[Symbol.asyncDispose],
  };
};

test('a part in a list comes for every item, with its label', async () => {
  await using shop = await startShop();
  expect(
    await shop.ask('{ books { title ... @defer(label: "where") { stock { place } } } motto }'),
  ).toEqual({
    first: { data: { books: [{ title: 'title 1' }, { title: 'title 2' }], motto: 'read' } },
    patches: [
      { data: { stock: { place: 'shelf 1' } }, path: ['books', 0], label: 'where' },
      { data: { stock: { place: 'shelf 2' } }, path: ['books', 1], label: 'where' },
    ],
  });
});

test('the first answer has the objects of which everything is deferred', async () => {
  await using shop = await startShop();
  expect(await shop.ask('{ books { ... @defer { title } } }')).toEqual({
    first: { data: { books: [{}, {}] } },
    patches: [
      { data: { title: 'title 1' }, path: ['books', 0] },
      { data: { title: 'title 2' }, path: ['books', 1] },
    ],
  });
  const query = '{ motto book { ... @defer { author { ... @defer { born } } } } }';
  expect(await shop.ask(query)).toEqual({
    first: { data: { motto: 'read', book: {} } },
    patches: [
      { data: { author: {} }, path: ['book'] },
      { data: { born: 1775 }, path: ['book', 'author'] },
    ],
  });
});

test('what was fetched with the first answer may still come later, with labels of any text', async () => {
  await using shop = await startShop();
  const query = `{ book { author { name
    ... @defer(label: "a \\"b\\" ") { born } ... @defer(label: "") { kind: __typename }
  } } }`;
  expect(await shop.ask(query)).toEqual({
    first: { data: { book: { author: { name: 'Austen' } } } },
    patches: [
      { data: { kind: 'Author' }, path: ['book', 'author'], label: '' },
      { data: { born: 1775 }, path: ['book', 'author'], label: 'a "b" ' },
    ],
  });
});

test('fields of every part come in the order and under the names of the client', async () => {
  await using shop = await startShop();
  await using parts = await shop.routed.router.defer(`{
    kind: __typename
    z: motto
    one: book { name: title type: __typename ... @defer { stock { place __typename } type: __typename cost: price } id }
    ... @defer { t: __typename cheapest }
    a: motto
  }`);
  const [first, ...rest] = await parts.rest();
  expect(JSON.stringify(first.data)).toBe(
    '{"kind":"Query","z":"read","one":{"name":"title 1","type":"Book","id":"1"},"a":"read"}',
  );
  const texts = rest.flatMap(({ incremental = [] }) =>
    incremental.map(({ data }: { data: unknown }) => JSON.stringify(data)),
  );
  expect(texts.sort()).toEqual([
    '{"stock":{"place":"shelf 1","__typename":"Stock"},"type":"Book","cost":7}',
    '{"t":"Query","cheapest":3}',
  ]);
});

test('parts nest, and go out after the part that they stand in', async () => {
  await using shop = await startShop();
  await using parts = await shop.routed.router.defer(`{ book { id
    ... @defer(label: "outer") { title publisher { id ... @defer(label: "inner") { city } } }
  } }`);
  const [first, ...rest] = await parts.rest();
  expect(first.data).toEqual({ book: { id: '1' } });
  expect(rest.flatMap(({ incremental = [] }) => incremental)).toEqual([
    { data: { title: 'title 1', publisher: { id: 'p1' } }, path: ['book'], label: 'outer' },
    { data: { city: 'London' }, path: ['book', 'publisher'], label: 'inner' },
  ]);
});

test('several parts without a label at one place are parts each', async () => {
  await using shop = await startShop();
  const { patches } = await shop.ask(
    '{ book { id ... @defer { title } ... @defer { price } ... @defer { stock { left } title } } }',
  );
  const sent = patches.map(({ data, path, ...rest }) => [JSON.stringify(data), path, rest]).sort();
  expect(sent).toEqual([
    ['{"price":7}', ['book'], {}],
    ['{"stock":{"left":5},"title":"title 1"}', ['book'], {}],
    ['{"title":"title 1"}', ['book'], {}],
  ]);
});

test('a fragment that defers and is spread in two places is a part in each', async () => {
  await using shop = await startShop();
  const query = `{ book { ...F @defer(label: "all") } other: book { ...F } }
    fragment F on Book { title ...P @defer(label: "price") } fragment P on Book { price }`;
  expect(await shop.ask(query)).toEqual({
    first: { data: { book: {}, other: { title: 'title 1' } } },
    patches: [
      { data: { title: 'title 1' }, path: ['book'], label: 'all' },
      { data: { price: 7 }, path: ['book'], label: 'price' },
      { data: { price: 7 }, path: ['other'], label: 'price' },
    ],
  });
});

test('a variable decides, and a part that is not deferred is in the first answer', async () => {
  await using shop = await startShop();
  const query = `query ($later: Boolean = true, $price: Boolean!) {
    book { title
      ... @defer(if: $later, label: "stock") { stock { left } }
      ... @defer(if: $price) { price }
      ... @defer(if: false) { id } }
  }`;
  expect(await shop.ask(query, { price: false })).toEqual({
    first: { data: { book: { title: 'title 1', price: 7, id: '1' } } },
    patches: [{ data: { stock: { left: 5 } }, path: ['book'], label: 'stock' }],
  });
  expect(await shop.ask(query, { price: true, later: false })).toEqual({
    first: { data: { book: { title: 'title 1', stock: { left: 5 }, id: '1' } } },
    patches: [{ data: { price: 7 }, path: ['book'] }],
  });
  const whole = { book: { title: 'title 1', stock: { left: 5 }, price: 7, id: '1' } };
  await using parts = await shop.routed.router.defer(query, {
    variables: { price: false, later: false },
  });
  expect(await parts.rest()).toEqual([{ data: whole }]);
  const { data } = await shop.routed.router.query(query, {
    variables: { price: false, later: false },
  });
  expect(data).toEqual(whole);
});

test('skipped parts do not come', async () => {
  await using shop = await startShop();
  const query = `query ($no: Boolean!) { book { title
    ... @defer(label: "price") @skip(if: $no) { price }
    ... @skip(if: $no) { ... @defer { id } author { ... @defer { name } } }
    ... @defer { stock { left @skip(if: $no) place } } } }`;
  expect(await shop.ask(query, { no: true })).toEqual({
    first: { data: { book: { title: 'title 1' } } },
    patches: [{ data: { stock: { place: 'shelf 1' } }, path: ['book'] }],
  });
});

test('of what a mutation gave, parts may be deferred', async () => {
  await using shop = await startShop();
  expect(await shop.ask('mutation { add(title: "Emma") { title ... @defer { price } } }')).toEqual({
    first: { data: { add: { title: 'title 1' } } },
    patches: [{ data: { price: 7 }, path: ['add'] }],
  });
});

test('fragments that would make parts beyond measure are refused, also where settings allow any size', async () => {
  const { documentLimits } = readRouterSettings({});
  const any = Number.POSITIVE_INFINITY;
  await using shop = await startShop({
    documentLimits: { ...documentLimits, height: any, directives: any },
  });
  const doubling = Array.from(
    { length: 15 },
    (_, n) => `fragment F${n} on Book { ...F${n + 1} @defer ...F${n + 1} @defer }`,
  );
  const query = `{ book { ...F0 } } ${doubling.join(' ')} fragment F15 on Book { title }`;
  const { errors } = await shop.routed.router.query(query);
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining('more than 20000 selections'),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    },
  ]);
});
