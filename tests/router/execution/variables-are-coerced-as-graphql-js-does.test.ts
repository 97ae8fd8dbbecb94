import { expect, test } from 'vitest';
import { startRouted } from '../../kit/routed.ts';

const echo = (_root: unknown, args: object) => JSON.stringify(args);

const SUBGRAPHS = {
  echo: {
    sdl: `type Query {
        list(ids: [ID!]): String
        search(filter: Filter!, first: Int = 10): String
        any(value: Any, values: [Any]): Any
        anys: [Any!]
      }
      scalar Any
      enum Order { CHEAP NEW }
      input Filter { text: String = "all" range: Range order: Order = NEW tags: [String!] = ["x"] }
      input Range { low: Int! = 0 high: Int }`,
    resolvers: {
      Query: {
        list: echo,
        search: echo,
        any: (_: unknown, { value, values }: { value: unknown; values: unknown }) =>
          values === undefined ? value : { values },
        anys: () => [{ a: [1, null, { b: 'ü' }] }, 'text', 1.5, false, [], ''],
      },
    },
  },
};

const startEcho = async () => {
  const routed = await startRouted(SUBGRAPHS);
  return {
    ask: (query: string, variables: Record<string, unknown> = {}) =>
      routed.router.query(query, { variables }),
    sent: () => routed.federation.asked('echo'),
    [Symbol.asyncDispose]: routed[Symbol.asyncDispose],
  };
};

test('one value is a list of one, and defaults of every depth are there', async () => {
  await using server = await startEcho();
  const list = async (ids?: unknown) =>
    JSON.parse(
      (await server.ask('query ($ids: [ID!] = ["d"]) { list(ids: $ids) }', { ids })).data.list,
    );
  expect(await list('7')).toEqual({ ids: ['7'] });
  expect(await list(7)).toEqual({ ids: ['7'] });
  expect(await list(null)).toEqual({ ids: null });
  expect(await list()).toEqual({ ids: ['d'] });

  const search = async (query: string, variables: Record<string, unknown>) =>
    JSON.parse((await server.ask(query, variables)).data.search);
  const withFilter = 'query ($filter: Filter!) { search(filter: $filter) }';
  expect(await search(withFilter, { filter: { range: { high: 3 } } })).toEqual({
    first: 10,
    filter: { text: 'all', order: 'NEW', tags: ['x'], range: { low: 0, high: 3 } },
  });
  expect(await search(withFilter, { filter: { tags: 'y', order: 'CHEAP', text: null } })).toEqual({
    first: 10,
    filter: { text: null, order: 'CHEAP', tags: ['y'] },
  });
  const within = `query ($text: String = "mine", $first: Int) {
    search(filter: { text: $text, range: { low: 2 } }, first: $first)
  }`;
  expect(await search(within, {})).toEqual({
    first: 10,
    filter: { text: 'mine', order: 'NEW', tags: ['x'], range: { low: 2 } },
  });
});

test.each([
  ['missing', 'query ($filter: Filter!) { search(filter: $filter) }', {}],
  ['null', 'query ($filter: Filter!) { search(filter: $filter) }', { filter: null }],
  ['of another type', 'query ($first: Int) { search(filter: {}, first: $first) }', { first: 'x' }],
  ['no value of the enum', 'query ($f: Filter!) { search(filter: $f) }', { f: { order: 'OLD' } }],
  ['of a field that is none', 'query ($f: Filter!) { search(filter: $f) }', { f: { a: 1 } }],
  [
    'missing in an object',
    'query ($f: Filter!) { search(filter: $f) }',
    { f: { range: { low: null } } },
  ],
  ['null in a list', 'query ($ids: [ID!]) { list(ids: $ids) }', { ids: ['1', null] }],
])('a value that is %s is refused before anybody is asked', async (_what, query, variables) => {
  await using server = await startEcho();
  const response = await server.ask(query, variables);
  expect(response.data).toBeUndefined();
  expect(response.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  expect(response.errors?.[0]?.message).toMatch(/^Variable "\$/);
  expect(server.sent()).toHaveLength(0);
});

test('a variable that is not declared is not sent', async () => {
  await using server = await startEcho();
  const { data } = await server.ask('query ($ids: [ID!]) { list(ids: $ids) }', { more: 1 });
  expect(data).toEqual({ list: '{}' });
  expect(server.sent()[0]?.variables).toEqual({});
});

const VALUES = [
  { a: [1, null, { b: 'ü "quoted" \u2028' }], __proto: 1 },
  'text',
  '',
  12345678901,
  1.5,
  -0.25,
  true,
  [],
  [[1], [null]],
  {},
];

test('values of custom scalars pass both ways as they are', async () => {
  await using server = await startEcho();
  for (const value of VALUES) {
    const { data } = await server.ask('query ($value: Any) { any(value: $value) }', { value });
    expect(data).toEqual({ any: value });
    expect(server.sent().at(-1)?.variables).toEqual({ value });
  }
  const { data } = await server.ask('query ($values: [Any]) { any(values: $values) anys }', {
    values: VALUES,
  });
  expect(data.any).toEqual({ values: VALUES });
  expect(data.anys).toEqual([{ a: [1, null, { b: 'ü' }] }, 'text', 1.5, false, [], '']);
});

test('so do literals', async () => {
  await using server = await startEcho();
  const { data } = await server.ask('{ any(value: { a: [1, "b", { c: null, d: RED }] }) }');
  expect(data.any).toEqual({ a: [1, 'b', { c: null, d: 'RED' }] });
});
