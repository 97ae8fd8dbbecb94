import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { ACCESS_TOKEN_LIFETIME_S, KEY_SET_PATH } from '../../contract/access-token.ts';
import { openDatabase } from '../../subgraphs/kit/database.ts';
import { accessTokenIssuer } from '../../subgraphs/users/access-tokens.ts';
import { createKeyring } from '../../subgraphs/users/keyring.ts';
import { users } from '../../subgraphs/users/server.ts';
import {
  isPublished,
  type KeyTimes,
  nextKeySignsFrom,
  signingKeyAt,
} from '../../subgraphs/users/signing-keys.ts';
import { createStore } from '../../subgraphs/users/store.ts';
import { cloneDatabase } from '../kit/database.ts';
import { createLogLines } from '../kit/log-lines.ts';
import { startTwin, type TestSubgraph } from '../kit/subgraph.ts';
import { ADA, logIn, signUp, startUsers, verify } from './arrange.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a router may go by the key set that it has. */
const KEPT_MS = 10 * MINUTE_MS;

test('over 200 days, whatever signs was known for ten minutes and stays known as long as its tokens', () => {
  let keys: readonly KeyTimes[] = [];
  let published: readonly KeyTimes[] = [];
  const signing = new Set<KeyTimes>();
  const needed = new Map<KeyTimes, number>();
  const faults: string[] = [];
  const start = Date.UTC(2026, 0, 1);
  for (let time = start; time < start + 200 * DAY_MS; time += KEPT_MS) {
    const now = new Date(time);
    const signsFrom = nextKeySignsFrom(keys, now);
    if (signsFrom !== null) keys = [...keys, { signsFrom }];
    const key = signingKeyAt(keys, now);
    if (key === null) throw new Error(`nothing signs on ${now.toISOString()}`);
    if (time > start && !published.includes(key)) faults.push(`unknown on ${now.toISOString()}`);

    published = keys.filter((each) => isPublished(each, now));
    if (published.length > 2) faults.push(`too many on ${now.toISOString()}`);
    signing.add(key);
    // Its last token may be made just before it is asked again.
    needed.set(key, time + KEPT_MS + ACCESS_TOKEN_LIFETIME_S * 1_000);
    for (const [old, until] of needed) {
      if (time <= until && !published.includes(old)) faults.push(`lost on ${now.toISOString()}`);
    }
  }
  expect(faults).toEqual([]);
  expect(signing.size).toBe(7);
});

test('a key signs at once where none signs: the first, or after a time in which nobody asked', () => {
  const now = new Date('2026-06-01T00:00:00Z');
  expect(nextKeySignsFrom([], now)).toEqual(now);
  const long = { signsFrom: new Date(now.getTime() - 31 * DAY_MS) };
  expect(nextKeySignsFrom([long], now)).toEqual(now);
  const fresh = { signsFrom: new Date(now.getTime() - DAY_MS) };
  expect(nextKeySignsFrom([long, fresh], now)).toBeNull();
});

const kidOf = async (subgraph: TestSubgraph, { credentials }: SignedIn): Promise<string> =>
  String((await verify(subgraph, credentials.accessToken)).protectedHeader.kid);

interface SignedIn {
  readonly credentials: { readonly accessToken: string };
}

const grow = ({ pool }: TestSubgraph, hours: number) =>
  pool.query('UPDATE signing_keys SET signs_from = signs_from - make_interval(hours => $1)', [
    hours,
  ]);

const keySetOf = async ({ url }: TestSubgraph) => {
  const { headers, body } = await request(`${url}${KEY_SET_PATH}`);
  return { headers, keySet: (await body.json()) as JSONWebKeySet };
};

const kidsOf = async (subgraph: TestSubgraph) =>
  (await keySetOf(subgraph)).keySet.keys.map(({ kid }) => kid);

test('the served key set verifies tokens from before and after a change of the key', async () => {
  await using subgraph = await startUsers();
  const before = await signUp(subgraph, ADA);
  const first = await kidOf(subgraph, before);
  expect(await kidsOf(subgraph)).toEqual([first]);

  // A day before its end the next one is shown, and does not sign yet.
  await grow(subgraph, 29 * 24 + 1);
  const [, second] = await kidsOf(subgraph);
  expect(second).not.toBe(first);
  const login = { email: ADA.email, password: ADA.password };
  expect(await kidOf(subgraph, await logIn(subgraph, login))).toBe(first);

  await grow(subgraph, 23);
  expect(await kidOf(subgraph, await logIn(subgraph, login))).toBe(second);
  expect(await kidOf(subgraph, before)).toBe(first);

  // Once the first is long past, it goes with the next change.
  await grow(subgraph, 29 * 24 + 1);
  const kids = await kidsOf(subgraph);
  expect(kids).toHaveLength(2);
  expect(kids).not.toContain(first);
  const { rows } = await subgraph.pool.query('SELECT id FROM signing_keys ORDER BY signs_from');
  expect(rows.map(({ id }) => id)).toEqual(kids);
});

test('the key set may be kept for five minutes, and has public keys only', async () => {
  await using subgraph = await startUsers();
  const { headers, keySet } = await keySetOf(subgraph);
  expect(headers['content-type']).toContain('application/jwk-set+json');
  expect(headers['cache-control']).toBe('public, max-age=300');
  expect(keySet.keys).toEqual([
    {
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.any(String),
      kid: expect.any(String),
      alg: 'EdDSA',
      use: 'sig',
    },
  ]);
  const { rows } = await subgraph.pool.query('SELECT sealed_key FROM signing_keys');
  const [header = ''] = rows[0].sealed_key.split('.');
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
    alg: 'dir',
    enc: 'A256GCM',
  });
});

test('processes that find at once that it is time for a key make one', async () => {
  await using subgraph = await startUsers();
  await using twin = await startTwin(users, subgraph);
  const askAtOnce = () =>
    Promise.all(Array.from({ length: 10 }, (_, index) => kidsOf(index % 2 ? subgraph : twin)));
  const [first, ...same] = await askAtOnce();
  expect(first).toHaveLength(1);
  for (const each of same) expect(each).toEqual(first);

  await grow(subgraph, 29 * 24 + 1);
  for (const each of await askAtOnce()) expect(each).toHaveLength(2);
  const { rows } = await subgraph.pool.query('SELECT count(*)::int AS keys FROM signing_keys');
  expect(rows).toEqual([{ keys: 2 }]);
});

test('a changed SIGNING_SECRET is logged and makes a new key at once; tokens of the old one stay good', async () => {
  await using clone = await cloneDatabase('users', 'empty');
  const database = openDatabase(clone.url);
  const store = createStore(database);
  const { log, lines } = createLogLines();
  const account = {
    id: 'user_1',
    email: 'ada@example.com',
    handle: 'ada',
    displayName: 'Ada',
    memberSince: new Date(),
    roles: ['buyer'],
  } as const;
  const openWith = async (secret: string) => {
    const keyring = createKeyring(store, secret, log);
    const issue = accessTokenIssuer(keyring, 'http://localhost:4000');
    const { accessToken } = await issue(account, 'session_1');
    return { accessToken, keySet: await keyring.keySet() };
  };

  const before = await openWith('a secret of thirty-two bytes or more');
  expect(lines).toEqual([]);
  const after = await openWith('another secret of thirty-two or more');
  expect(lines).toMatchObject([{ level: 40, kid: before.keySet.keys[0]?.kid }]);
  expect(after.keySet.keys).toHaveLength(2);
  for (const { accessToken } of [before, after]) {
    await jwtVerify(accessToken, createLocalJWKSet(after.keySet));
  }
  // Back again, as where processes with either run beside each other, no further key is made.
  const back = await openWith('a secret of thirty-two bytes or more');
  expect(back.keySet).toEqual(after.keySet);
  await database.close();
});
