import { randomUUID } from 'node:crypto';
import { getNamedType, isObjectType } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import { GUEST } from '../../contract/viewer.ts';
import type { Data, GraphqlResult } from '../kit/http.ts';
import { PUBLIC_URL, startSupergraph, type TestSupergraph } from '../kit/supergraph.ts';
import {
  type Asker,
  ask,
  askSubgraph,
  bearer,
  firstEvent,
  get,
  guest,
  impostor,
  type Variables,
} from './matrix/asking.ts';
import { ATTEMPTS } from './matrix/mutations.ts';
import { type Belongings, settle } from './matrix/people.ts';
import { ROUTES, type Route, THINGS, type Thing } from './matrix/routes.ts';
import {
  ENTITIES,
  objectType,
  type RootField,
  rootFields,
  SUPERGRAPH,
  typesBelow,
} from './matrix/schema.ts';
import { operation, pathsIn, placeholder, type Selection, selectAll } from './matrix/selection.ts';
import { classifiedFields, isPrivate, VISIBILITY } from './matrix/visibility.ts';

let market: TestSupergraph;
let belongings: Belongings;
/** `Type.field` of all that the owner saw anywhere, to know that there was something to be hidden. */
const seenByOwner = new Set<string>();

beforeAll(async () => {
  market = await startSupergraph();
  belongings = await settle(market);
}, 120_000);
afterAll(() => market[Symbol.asyncDispose]());

/** What clients can ask, of each kind. */
const clientFields = (type: 'Query' | 'Mutation' | 'Subscription'): readonly string[] =>
  Object.entries(rootFields(type))
    .filter(([, { isInternal }]) => !isInternal)
    .map(([name]) => name);

test('everything that can be asked is classified: root fields, entities, types, fields', () => {
  expect(Object.keys(ROUTES.Query).toSorted()).toEqual(clientFields('Query').toSorted());
  expect(Object.keys(ROUTES.Subscription).toSorted()).toEqual(
    clientFields('Subscription').toSorted(),
  );
  expect(Object.keys(ATTEMPTS).toSorted()).toEqual(clientFields('Mutation').toSorted());
  const entities = new Set(ENTITIES.map(({ type }) => type));
  expect(Object.keys(THINGS).toSorted()).toEqual([...entities].toSorted());

  const reached = typesBelow(
    (['Query', 'Subscription'] as const).flatMap((type) =>
      clientFields(type).flatMap((name) => rootFields(type)[name]?.field ?? []),
    ),
  );
  for (const name of reached) {
    if (!isObjectType(SUPERGRAPH.getType(name))) continue;
    const classified = classifiedFields(name);
    if (classified === null) continue;
    const fields = Object.keys(objectType(name).getFields());
    expect(classified.toSorted(), name).toEqual(fields.toSorted());
  }
});

interface Case extends Route {
  readonly root: 'Query' | 'Subscription';
  readonly name: string;
}

const CASES: readonly Case[] = (['Query', 'Subscription'] as const).flatMap((root) =>
  Object.entries(ROUTES[root]).flatMap(([name, routes]) =>
    typeof routes === 'string' ? [] : routes.map((route) => ({ ...route, root, name })),
  ),
);

const asked = async (
  { root, name, variables }: Case,
  selection: Selection,
  asker: Asker,
): Promise<Pick<GraphqlResult, 'errors'> & { readonly found: Data }> => {
  const { field } = rootOf(root, name);
  const given = variables(belongings);
  const kind = root === 'Query' ? 'query' : 'subscription';
  const document = operation(kind, field, given, selection.text);
  const answer =
    root === 'Query'
      ? await ask(market, asker, document, given)
      : await firstEvent(market, asker, document, given);
  return { errors: answer.errors, found: answer.data?.[name] };
};

const rootOf = (root: 'Query' | 'Mutation' | 'Subscription', name: string): RootField => {
  const found = rootFields(root)[name];
  if (found === undefined) throw new Error(`there is no ${root}.${name}`);
  return found;
};

/** Those of the owner's secrets that stand in an answer. */
const toldIn = (data: unknown): readonly string[] => {
  const text = JSON.stringify(data) ?? '';
  return belongings.secrets.filter((secret) => text.includes(secret));
};

test.each(CASES)('$root $name: $who may see it', async (route) => {
  const selection = selectAll(getNamedType(rootOf(route.root, route.name).field.type));
  const owner = await asked(route, selection, belongings.owner.asks);
  expect(owner.errors).toBeUndefined();
  const paths = pathsIn(owner.found);
  expect(paths).not.toEqual([]);
  for (const path of paths) seenByOwner.add(selection.paths.get(path)?.coordinate ?? '');

  const { asks: stranger } = belongings.stranger;
  for (const other of [stranger, guest, impostor(belongings.owner.viewer)]) {
    const { errors, found } = await asked(route, selection, other);
    // What is not theirs is not there: nobody is told that there is something to be denied.
    expect(errors).toBeUndefined();
    const seen = new Set(pathsIn(found));
    switch (route.who) {
      case 'everyone': {
        const open = paths.filter((path) => !selection.paths.get(path)?.isPrivate);
        expect([...seen].toSorted()).toEqual([...new Set(open)].toSorted());
        expect(toldIn(found)).toEqual([]);
        break;
      }
      case 'owner':
        expect(found).toBeNull();
        break;
      case 'viewer':
        if (other !== stranger) expect(found).toBeNull();
        expect(toldIn(found)).toEqual([]);
        break;
      case 'token':
        expect(found).toEqual(owner.found);
        break;
    }
  }
});

/** Private, and the owner has none: nothing went wrong, nothing was cancelled, nothing became dearer. */
const OWNER_HAS_NONE = new Set([
  'CheckoutError.code',
  'CheckoutError.field',
  'CheckoutError.message',
  'CheckoutError.productId',
  'CheckoutError.price',
  'CheckoutError.quantityAvailable',
  'Shipment.cancelledAt',
]);

test('the owner saw all that is private, so that there was something to be hidden', () => {
  const types = Object.keys(VISIBILITY).filter((name) => isObjectType(SUPERGRAPH.getType(name)));
  const all = types.flatMap((type) =>
    Object.keys(objectType(type).getFields())
      .filter((field) => isPrivate(type, field))
      .map((field) => `${type}.${field}`),
  );
  expect(all.filter((each) => !seenByOwner.has(each) && !OWNER_HAS_NONE.has(each))).toEqual([]);
});

test('a token that is wrong in any way opens nothing, not even what is everyone’s', async () => {
  const { owner } = belongings;
  const [head = '', claims = '', signature = ''] = owner.token.split('.');
  const decoded = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString());
  const { privateKey } = await generateKeyPair('EdDSA');
  const foreign = await new SignJWT(decoded)
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
    .sign(privateKey);
  const raised = Buffer.from(JSON.stringify({ ...decoded, scope: 'admin' })).toString('base64url');
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' }));
  const wrong = [
    'garbage',
    foreign,
    `${head}.${raised}.${signature}`,
    `${unsigned.toString('base64url')}.${claims}.`,
    await withPublicKeyAsSecret(decoded, kid),
  ];
  for (const token of wrong) {
    const { status, errors } = await ask(market, bearer(token), '{ categories { id } me { id } }');
    expect(status).toBe(401);
    expect(errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
  }
});

/** The attack of RFC 8725, section 2.1: the key that everyone may read, taken for a shared secret. */
const withPublicKeyAsSecret = async (claims: Data, kid: string): Promise<string> => {
  const { publicKey } = await generateKeyPair('EdDSA');
  const secret = Buffer.from(JSON.stringify(await exportJWK(publicKey)));
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid, typ: 'at+jwt' }).sign(secret);
};

interface Asked extends Thing {
  readonly type: string;
  readonly subgraph: (typeof ENTITIES)[number]['subgraph'];
}

const THINGS_ASKED: readonly Asked[] = ENTITIES.flatMap(({ type, subgraph }) => {
  const things = THINGS[type];
  if (things === undefined || typeof things === 'string') return [];
  return things.map((thing) => ({ ...thing, type, subgraph }));
});

test.each(THINGS_ASKED)(
  '$subgraph does not show others $type, though asked at its own port: $who',
  async ({ type, subgraph, who, key, keyOnly = [] }) => {
    const selection = selectAll(objectType(type), subgraph);
    const query = `query Asked($them: [_Any!]!) {
    _entities(representations: $them) { ... on ${type} { __typename ${selection.text} } } }`;
    const representation = { __typename: type, ...key(belongings) };
    const variables = { them: [representation] };
    const as = (viewer: Viewer) => askSubgraph(market, subgraph, viewer, query, variables);

    const owner = await as(belongings.owner.viewer);
    expect(owner.errors).toBeUndefined();
    const paths = pathsIn(owner.data._entities);
    for (const viewer of [GUEST, belongings.stranger.viewer]) {
      const { data, errors } = await as(viewer);
      expect(errors).toBeUndefined();
      const [found] = data._entities;
      if (who === 'owner' && !keyOnly.includes(subgraph)) {
        expect(found).toBeNull();
        continue;
      }
      const hidden = paths.filter((path) => selection.paths.get(path)?.isPrivate);
      expect(pathsIn(data._entities).filter((path) => hidden.includes(path))).toEqual([]);
      const known = Object.values(representation);
      expect(toldIn(found).filter((secret) => !known.includes(secret))).toEqual([]);
    }

    const { url } = market.subgraphs[subgraph];
    const unsigned = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    expect(unsigned.status).toBe(403);
    const audience = subgraph === 'users' ? 'catalog' : 'users';
    for (const signing of [{ secret: randomUUID().repeat(2) }, { audience } as const]) {
      const { viewer } = belongings.owner;
      const forged = await askSubgraph(market, subgraph, viewer, query, variables, signing);
      expect(forged.status).toBe(403);
      expect(forged.data).toBeUndefined();
    }
  },
);

const INTERNAL = (['Query', 'Mutation'] as const).flatMap((root) =>
  Object.entries(rootFields(root))
    .filter(([, { isInternal }]) => isInternal)
    .map(([name]) => ({ root, name })),
);

test.each(INTERNAL)(
  '$root $name is for services: clients do not find it, and its subgraph refuses others',
  async ({ root, name }) => {
    const { field, subgraph } = rootOf(root, name);
    const variables: Variables = Object.fromEntries(
      field.args.map((each) => [each.name, placeholder(each.type)]),
    );
    const kind = root === 'Query' ? 'query' : 'mutation';
    const document = operation(kind, field, variables, '__typename');

    const byClient = await ask(market, belongings.owner.asks, document, variables);
    expect(byClient.errors?.[0]?.extensions?.['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    const admin: Viewer = { kind: 'user', id: 'user_1', scopes: ['admin'], sessionId: null };
    const service: Viewer = { kind: 'service', name: 'media', scopes: ['other:scope'] };
    for (const viewer of [GUEST, belongings.owner.viewer, admin, service]) {
      const { data, errors } = await askSubgraph(market, subgraph, viewer, document, variables);
      expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
      expect(data?.[name] ?? null).toBeNull();
    }
  },
);

/** All that the owner has, as the owner sees it. */
const allOfTheOwners = async (): Promise<Data> => {
  const own = CASES.filter(({ root, who }) => root === 'Query' && who === 'viewer');
  const answers = own.map(async (route) => {
    const { field } = rootOf(route.root, route.name);
    const selection = selectAll(getNamedType(field.type));
    return [route.name, await asked(route, selection, belongings.owner.asks)] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
};

test('nobody changes what is another’s, by any mutation', async () => {
  const before = await allOfTheOwners();
  const { owner, stranger } = belongings;
  for (const [name, attempt] of Object.entries(ATTEMPTS)) {
    const variables = attempt.variables(belongings);
    const { field } = rootOf('Mutation', name);
    const document = operation('mutation', field, variables, 'userErrors { code message }');
    const codeFor = async (asker: Asker): Promise<string | null> => {
      const { [name]: done } = await get(market, asker, document, variables);
      return done.userErrors[0]?.code ?? null;
    };
    expect(await codeFor(guest), `${name} by a guest`).toBe(attempt.guest);
    expect(await codeFor(impostor(owner.viewer)), `${name} by an impostor`).toBe(attempt.guest);
    expect(await codeFor(stranger.asks), `${name} by a stranger`).toBe(attempt.stranger);
  }
  expect(await allOfTheOwners()).toEqual(before);
});

test('what access tokens claim is no more than who they are', () => {
  const [, claims = ''] = belongings.owner.token.split('.');
  const told = JSON.parse(Buffer.from(claims, 'base64url').toString());
  expect(told).toMatchObject({ iss: PUBLIC_URL, sub: belongings.owner.id });
  expect(toldIn({ ...told, sid: undefined })).toEqual([]);
});
