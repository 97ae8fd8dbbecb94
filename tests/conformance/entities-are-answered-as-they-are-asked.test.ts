import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BySubgraph, eachSubgraph, SUBGRAPHS } from '../../stack/subgraphs.ts';
import { cart } from '../../subgraphs/cart/server.ts';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { mediaWith } from '../../subgraphs/media/server.ts';
import { recommendations } from '../../subgraphs/recommendations/server.ts';
import { users } from '../../subgraphs/users/server.ts';
import { CATEGORY_TREE } from '../catalog/arrange.ts';
import { withCleanup } from '../kit/cleanup.ts';
import type { GraphqlResult } from '../kit/http.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import type { Variables } from '../whole/matrix/asking.ts';
import { objectType } from '../whole/matrix/schema.ts';
import { selectAll } from '../whole/matrix/selection.ts';
import { CLASSIFIED, type Classified } from './entities.ts';
import { KEYS, type ResolvedKey } from './keys.ts';

let market: BySubgraph<TestSubgraph> & AsyncDisposable;

beforeAll(async () => {
  market = await withCleanup(async ({ use, defer }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'emporium-conformance-'));
    defer(() => rm(folder, { recursive: true }));
    const media = mediaWith(() => ({ folder, bucket: null, usesFfmpeg: false }));
    const seeded = { seeded: true } as const;
    const start: BySubgraph<() => Promise<TestSubgraph>> = {
      users: () => startTestSubgraph(users, { database: 'users', ...seeded }),
      catalog: () => startTestSubgraph(catalog, { database: 'catalog', ...seeded }),
      cart: () => startTestSubgraph(cart, { database: 'cart', ...seeded }),
      media: () => startTestSubgraph(media, { database: 'media', ...seeded }),
      recommendations: () =>
        startTestSubgraph(recommendations, { database: 'recommendations', ...seeded }),
    };
    return eachSubgraph(async (name) => use(await start[name]()));
  });
}, 120_000);
afterAll(() => market[Symbol.asyncDispose]());

test('every key that a subgraph resolves is classified, and no other', () => {
  expect(Object.keys(CLASSIFIED).toSorted()).toEqual(KEYS.map(({ name }) => name).toSorted());
});

interface Case extends ResolvedKey, Classified {}

const CASES: readonly Case[] = KEYS.flatMap((key) => {
  const classified = CLASSIFIED[key.name];
  return classified === undefined ? [] : [{ ...key, ...classified }];
});

const representation = ({ type }: ResolvedKey, key: object) => ({ __typename: type, ...key });

/** All that the subgraph answers of the entity by itself. */
const documentFor = ({ type, subgraph }: ResolvedKey): string =>
  `query Asked($them: [_Any!]!) { _entities(representations: $them) {
    ... on ${type} { __typename ${selectAll(objectType(type), subgraph).text} } } }`;

const ask = (entity: Case, them: readonly unknown[]): Promise<GraphqlResult> =>
  market[entity.subgraph].query({
    document: documentFor(entity),
    variables: { them },
  });

const knownKeys = async ({ subgraph, sql }: Case): Promise<readonly Variables[]> => {
  const { rows } = await market[subgraph].pool.query(sql);
  expect(rows).not.toEqual([]);
  return rows;
};

const keyOf = ({ fields }: ResolvedKey, entity: Variables | null): Variables | null =>
  entity && Object.fromEntries(fields.map((field) => [field, entity[field]]));

test.each(CASES)(
  '$name: in the order asked, twice where asked twice, null where unknown',
  async (entity) => {
    const known = await knownKeys(entity);
    const { unknown } = entity;
    const [first = unknown, last = unknown] = [known[0], known.at(-1)];
    const keys = [last, unknown, first, last, first];
    const { data, errors } = await ask(
      entity,
      keys.map((key) => representation(entity, key)),
    );
    expect(errors).toBeUndefined();
    const expected = keys.map((key) =>
      key === unknown && entity.unknownIs === 'null' ? null : key,
    );
    expect(data._entities.map((each: Variables | null) => keyOf(entity, each))).toEqual(expected);
    expect(data._entities[3]).toEqual(data._entities[0]);
  },
);

const INTERNALS =
  /prisma|postgres|select |dataloader|node_modules|\.ts\b|\bat \w+|127\.0\.0\.1|TypeError/i;

/** Of no type that a key field of ours has; the last holds a value that could be one. */
const wrongValues = (right: unknown): readonly unknown[] => [
  null,
  42.5,
  true,
  {},
  [],
  { toString: 'x' },
  [right],
  ...(typeof right === 'number' ? [String(right), 2 ** 40] : []),
];

test.each(CASES)(
  '$name: a key of the wrong type is an error, which keeps nobody else from an answer',
  async (entity) => {
    const [known = {}] = await knownKeys(entity);
    const wrong = entity.fields.flatMap((field) => [
      ...wrongValues(known[field]).map((value) => ({ ...known, [field]: value })),
      Object.fromEntries(Object.entries(known).filter(([name]) => name !== field)),
    ]);
    const right = representation(entity, known);
    const { data: alone } = await ask(entity, [right]);
    const [answer] = alone._entities;
    expect(answer).not.toBeNull();
    const them = wrong.flatMap((key) => [representation(entity, key), right]);
    const { status, data, errors } = await ask(entity, them);
    expect(status).toBe(200);
    expect(data._entities).toEqual(wrong.flatMap(() => [null, answer]));
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual(
      wrong.map((_, index) => [['_entities', 2 * index], { code: 'BAD_USER_INPUT' }]),
    );
    for (const { message } of errors ?? []) {
      expect(message).toMatch(`${entity.type} is asked for by its key (${entity.fields[0]}: `);
    }
  },
);

/** Of the right type, and no key of ours. An id may come as a number: it is the text of that. */
const ODD_IDS = ['', '\u0000', 'x'.repeat(100_000), "' OR 1=1 --", 42];

test.each(CASES)('$name: an odd id is unknown, and tells nothing', async (entity) => {
  const [known = {}] = await knownKeys(entity);
  const keys = ODD_IDS.map((id) => ({ ...known, id }));
  const { data, errors } = await ask(
    entity,
    keys.map((key) => representation(entity, key)),
  );
  expect(JSON.stringify(errors ?? '')).not.toMatch(INTERNALS);
  const found = data._entities.map((each: Variables | null) => each?.['id'] ?? null);
  if (entity.unknownIs === 'null') expect(found).toEqual(keys.map(() => null));
  else expect(found).not.toContain(known['id']);
});

test.each(SUBGRAPHS)(
  '%s: what names no entity is an error, which keeps nobody else from an answer',
  async (name) => {
    const nothing = [
      { __typename: 'Nothing', id: '1' },
      { __typename: 'Query' },
      { __typename: { toString: 'User' }, id: '1' },
      { id: 'user_1' },
      {},
      [],
      'User',
    ];
    const entity = CASES.find(({ subgraph }) => subgraph === name);
    if (entity === undefined) throw new Error(`${name} resolves no entity`);
    const [known = {}] = await knownKeys(entity);
    const { data, errors } = await ask(entity, [...nothing, representation(entity, known)]);
    expect(data._entities).toEqual([...nothing.map(() => null), expect.objectContaining(known)]);
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual(
      nothing.map((_, index) => [['_entities', index], { code: 'BAD_USER_INPUT' }]),
    );
    expect(JSON.stringify(errors)).not.toMatch(INTERNALS);
  },
);

test.each(SUBGRAPHS)('%s: null is no representation, and the request is refused', async (name) => {
  const { data, errors } = await market[name].query({
    document: 'query Asked($them: [_Any!]!) { _entities(representations: $them) { __typename } }',
    variables: { them: [null] },
  });
  expect(data?._entities ?? null).toBeNull();
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
  expect(JSON.stringify(errors)).not.toMatch(INTERNALS);
});

test('a type that a subgraph only refers to is not answered', async () => {
  const { data, errors } = await market.cart.query({
    document: 'query Asked($them: [_Any!]!) { _entities(representations: $them) { __typename } }',
    variables: { them: [{ __typename: 'User', id: 'user_1' }] },
  });
  expect(data).toEqual({ _entities: [null] });
  expect(errors?.[0]?.message).toBe('`__typename` names no entity of this service.');
});

test.each(CASES)('$name: fifty take as many statements as two', async (entity) => {
  const known = await knownKeys(entity);
  const more = Array.from({ length: 50 }, (_, index) => ({
    ...entity.unknown,
    id: `${entity.unknown['id']}${index}`,
  }));
  const keys = [...known, ...more].slice(0, 50);
  const aside = entity.subgraph === 'catalog' ? CATEGORY_TREE : undefined;
  const statements = (count: number) =>
    market[entity.subgraph].countStatements(async () => {
      const them = keys.slice(0, count).map((key) => representation(entity, key));
      const { data, errors } = await ask(entity, them);
      expect(errors).toBeUndefined();
      expect(data._entities).toHaveLength(count);
    }, aside);
  const two = await statements(2);
  expect(await statements(50)).toBe(two);
});

test.each(CASES)('$name: nothing without the router’s signature', async (entity) => {
  const them = (await knownKeys(entity)).map((key) => representation(entity, key));
  const answer = await fetch(`${market[entity.subgraph].url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: documentFor(entity), variables: { them } }),
  });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: 'FORBIDDEN' } }],
  });
});
