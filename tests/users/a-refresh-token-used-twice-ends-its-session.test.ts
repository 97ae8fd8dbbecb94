import { expect, test } from 'vitest';
import { users } from '../../subgraphs/users/server.ts';
import { startTwin, type TestSubgraph } from '../kit/subgraph.ts';
import { ADA, arrive, codesOf, logIn, refresh, startUsers } from './arrange.ts';

const next = async (subgraph: TestSubgraph, refreshToken: string): Promise<string> =>
  (await refresh(subgraph, { refreshToken })).credentials.refreshToken;

const isRefused = async (subgraph: TestSubgraph, refreshToken: string): Promise<boolean> =>
  codesOf(await refresh(subgraph, { refreshToken })).includes('SESSION_ENDED');

/** As if the last refresh had been so long ago. */
const wasRefreshed = (subgraph: TestSubgraph, secondsAgo: number) =>
  subgraph.pool.query('UPDATE sessions SET last_seen_at = now() - make_interval(secs => $1)', [
    secondsAgo,
  ]);

test('the token before the one before ends the session, for whoever holds the last one too', async () => {
  await using subgraph = await startUsers();
  const { refreshToken: first } = await arrive(subgraph);
  const { credentials: elsewhere } = await logIn(subgraph, {
    email: ADA.email,
    password: ADA.password,
  });
  const third = await next(subgraph, await next(subgraph, first));
  expect(await isRefused(subgraph, first)).toBe(true);
  expect(await isRefused(subgraph, third)).toBe(true);
  expect(await isRefused(subgraph, elsewhere.refreshToken)).toBe(false);
});

test('asked again within ten seconds, a token gives the same successor, and after that ends the session', async () => {
  await using subgraph = await startUsers();
  const { refreshToken: first } = await arrive(subgraph);
  const second = await next(subgraph, first);
  await wasRefreshed(subgraph, 1);
  expect(await next(subgraph, first)).toBe(second);
  await wasRefreshed(subgraph, 10);
  expect(await isRefused(subgraph, first)).toBe(true);
  expect(await isRefused(subgraph, second)).toBe(true);
});

test('twenty refreshes at once with one token, through two processes, leave one chain', async () => {
  await using subgraph = await startUsers();
  await using twin = await startTwin(users, subgraph);
  const { refreshToken } = await arrive(subgraph);
  const successors = await Promise.all(
    Array.from({ length: 20 }, (_, index) => next(index % 2 === 0 ? subgraph : twin, refreshToken)),
  );
  const [successor = '', ...others] = new Set(successors);
  expect(others).toEqual([]);
  await next(twin, await next(subgraph, successor));
});

test('a token of another session’s family ends neither', async () => {
  await using subgraph = await startUsers();
  const { refreshToken: mine } = await arrive(subgraph);
  const { credentials } = await logIn(subgraph, { email: ADA.email, password: ADA.password });
  const [family, own] = [mine, credentials.refreshToken].map((token) =>
    Buffer.from(token, 'base64url'),
  );
  expect(family?.subarray(0, 32).equals(own?.subarray(0, 32) ?? family)).toBe(false);
  const stranger = Buffer.alloc(64, 7).toString('base64url');
  expect(await isRefused(subgraph, stranger)).toBe(true);
  expect(await isRefused(subgraph, mine)).toBe(false);
  expect(await isRefused(subgraph, credentials.refreshToken)).toBe(false);
});
