import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import { openDatabase } from '../../subgraphs/kit/database.ts';
import { createStore } from '../../subgraphs/users/store.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import {
  ADA,
  arrive,
  BEA,
  changePassword,
  codesOf,
  logIn,
  logOut,
  refresh,
  signUp,
  startUsers,
  verify,
  viewerOf,
} from './arrange.ts';

const SESSIONS = '{ me { sessions { id device startedAt lastSeenAt isCurrent } } }';

const sessionsOf = async (subgraph: TestSubgraph, viewer: Viewer) =>
  (await subgraph.query({ document: SESSIONS, viewer })).data.me.sessions;

const isOver = async (subgraph: TestSubgraph, refreshToken: string) =>
  codesOf(await refresh(subgraph, { refreshToken })).includes('SESSION_ENDED');

test('signing up and logging in give a token that the key set verifies, good for ten minutes', async () => {
  await using subgraph = await startUsers();
  const { user, credentials, userErrors } = await signUp(subgraph, ADA);
  expect(userErrors).toEqual([]);
  const opened = await logIn(subgraph, ADA_LOGS_IN);
  const tokens = [credentials, opened.credentials];
  for (const { accessToken, expiresAt } of tokens) {
    const { payload, protectedHeader } = await verify(subgraph, accessToken);
    expect(protectedHeader).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: expect.any(String) });
    expect(payload).toMatchObject({ sub: user.id, scope: 'buyer' });
    expect(payload['sid']).toMatch(/^session_[0-9a-z]{26}$/);
    expect(Number(payload.exp) - Number(payload.iat)).toBe(600);
    expect(new Date(expiresAt).getTime()).toBe(Number(payload.exp) * 1_000);
  }
  const ids = await Promise.all(
    tokens.map(async ({ accessToken }) => (await verify(subgraph, accessToken)).payload),
  );
  expect(new Set(ids.flatMap(({ jti, sid }) => [jti, sid])).size).toBe(4);
});

const ADA_LOGS_IN = { email: ADA.email, password: ADA.password };

test('a session is shown with its device, and which one is asked by', async () => {
  await using subgraph = await startUsers();
  await signUp(subgraph, ADA);
  const { credentials } = await logIn(subgraph, { ...ADA_LOGS_IN, device: '  Firefox on Linux ' });
  const viewer = await viewerOf(subgraph, credentials.accessToken);
  expect(await sessionsOf(subgraph, viewer)).toMatchObject([
    { id: viewer.kind === 'user' && viewer.sessionId, device: 'Firefox on Linux', isCurrent: true },
    { device: null, isCurrent: false },
  ]);
  const long = await logIn(subgraph, { ...ADA_LOGS_IN, device: 'x'.repeat(81) });
  expect(long.userErrors).toMatchObject([{ code: 'INVALID', field: ['input', 'device'] }]);
});

test('a session goes on with a new token, by the roles of now', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  await subgraph.query({
    document: `mutation { updateProfile(input: { sellerProfile: { location: "Porto" } }) {
      userErrors { code }
    } }`,
    viewer: ada.viewer,
  });
  const { credentials } = await refresh(subgraph, { refreshToken: ada.refreshToken });
  expect(credentials.refreshToken).not.toBe(ada.refreshToken);
  expect(await viewerOf(subgraph, credentials.accessToken)).toEqual({
    ...ada.viewer,
    scopes: ['buyer', 'seller'],
  });
  expect(await isOver(subgraph, credentials.refreshToken)).toBe(false);
});

test('logging out needs the refresh token only, and ends that session only', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  const { credentials } = await logIn(subgraph, ADA_LOGS_IN);
  const ended = await logOut(subgraph, { refreshToken: ada.refreshToken });
  expect(ended).toEqual({
    endedSessionId: ada.viewer.kind === 'user' && ada.viewer.sessionId,
    userErrors: [],
  });
  expect(await isOver(subgraph, ada.refreshToken)).toBe(true);
  expect(codesOf(await logOut(subgraph, { refreshToken: ada.refreshToken }))).toEqual([
    'SESSION_ENDED',
  ]);
  expect(await isOver(subgraph, credentials.refreshToken)).toBe(false);
});

test('the owner ends one session or all of them, and nobody else does', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  const bea = await arrive(subgraph, BEA);
  const { credentials } = await logIn(subgraph, ADA_LOGS_IN);
  const [other] = (await sessionsOf(subgraph, ada.viewer)).filter(
    (each: { readonly isCurrent: boolean }) => !each.isCurrent,
  );
  const end = async (viewer?: Viewer) => {
    const { data } = await subgraph.query({
      document: `mutation ($id: ID!) { endSession(id: $id) { endedSessionId userErrors { code } } }`,
      variables: { id: other.id },
      ...(viewer !== undefined && { viewer }),
    });
    return data.endSession;
  };
  expect(codesOf(await end())).toEqual(['UNAUTHENTICATED']);
  expect(codesOf(await end(bea.viewer))).toEqual(['NOT_FOUND']);
  expect(await end(ada.viewer)).toEqual({ endedSessionId: other.id, userErrors: [] });
  expect(await isOver(subgraph, credentials.refreshToken)).toBe(true);

  const { data } = await subgraph.query({
    document: 'mutation { logOutEverywhere { endedSessionIds userErrors { code } } }',
    viewer: ada.viewer,
  });
  expect(data.logOutEverywhere).toEqual({
    endedSessionIds: [ada.viewer.kind === 'user' && ada.viewer.sessionId],
    userErrors: [],
  });
  expect(await isOver(subgraph, ada.refreshToken)).toBe(true);
  expect(await isOver(subgraph, bea.refreshToken)).toBe(false);
});

test('a changed password opens, the old one does not, and all other sessions end', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  const { credentials } = await logIn(subgraph, ADA_LOGS_IN);
  const newPassword = 'another horse battery';
  const change = (currentPassword: string, to = newPassword) =>
    changePassword(subgraph, { currentPassword, newPassword: to }, { viewer: ada.viewer });

  const wrong = await change('not my password');
  expect(wrong.userErrors).toEqual([
    { code: 'CREDENTIALS_WRONG', field: ['input', 'currentPassword'] },
  ]);
  const short = await change(ADA.password, 'short');
  expect(short.userErrors).toEqual([{ code: 'INVALID', field: ['input', 'newPassword'] }]);
  expect(await change(ADA.password)).toEqual({ user: { id: ada.id }, userErrors: [] });

  expect(await isOver(subgraph, credentials.refreshToken)).toBe(true);
  expect(await isOver(subgraph, ada.refreshToken)).toBe(false);
  expect(codesOf(await logIn(subgraph, ADA_LOGS_IN))).toEqual(['CREDENTIALS_WRONG']);
  const opened = await logIn(subgraph, { email: ADA.email, password: newPassword });
  expect(opened.user).toEqual({ id: ada.id });
});

test('a session ends 30 days after its last use and 180 after its beginning, by the database’s clock', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  const daysLeft = async () => {
    const { rows } = await subgraph.pool.query(
      'SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM sessions',
    );
    return rows[0].days;
  };
  const grow = (days: number) =>
    subgraph.pool.query(
      `UPDATE sessions SET started_at = started_at - $1::interval,
         last_seen_at = last_seen_at - $1::interval, expires_at = expires_at - $1::interval`,
      [`${days} days`],
    );
  let { refreshToken } = ada;
  const goOn = async () => {
    ({ refreshToken } = (await refresh(subgraph, { refreshToken })).credentials);
  };

  expect(await daysLeft()).toBe(30);
  for (const days of [29, 29, 29, 29, 29, 29]) {
    await grow(days);
    await goOn();
  }
  expect(await daysLeft()).toBe(6);
  await grow(6);
  expect(await isOver(subgraph, refreshToken)).toBe(true);
});

test('of fifty-one sessions the one that was used longest ago ends', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  await subgraph.pool.query(
    `INSERT INTO sessions (id, user_id, family_hash, token_hash, last_seen_at, expires_at)
     SELECT 'session_' || n, $1, n::text::bytea, 'x', now() - n * INTERVAL '1 hour', now() + INTERVAL '1 day'
     FROM generate_series(1, 49) AS n`,
    [ada.id],
  );
  await logIn(subgraph, ADA_LOGS_IN);
  const { rows } = await subgraph.pool.query(
    "SELECT count(*)::int AS kept, bool_or(id = 'session_49') AS oldest FROM sessions",
  );
  expect(rows).toEqual([{ kept: 50, oldest: false }]);
});

test('what has expired is forgotten, and nothing else', async () => {
  await using subgraph = await startUsers();
  await signUp(subgraph, ADA);
  await subgraph.pool.query('UPDATE sessions SET expires_at = now()');
  await logIn(subgraph, ADA_LOGS_IN);
  await subgraph.pool.query(
    "INSERT INTO password_attempts (key, count, ends_at) VALUES ('long ago', 1, now())",
  );
  const database = openDatabase(subgraph.databaseUrl);
  await createStore(database).forgetExpired();
  await database.close();
  const { rows } = await subgraph.pool.query(
    `SELECT (SELECT count(*)::int FROM sessions) AS sessions,
       (SELECT count(*)::int FROM password_attempts) AS attempts`,
  );
  expect(rows).toEqual([{ sessions: 1, attempts: 2 }]);
});

test('what cannot be a refresh token opens nothing and disturbs nothing', async () => {
  await using subgraph = await startUsers();
  for (const refreshToken of ['', '\u0000', 'x'.repeat(86), 'ä'.repeat(86), 'x'.repeat(90_000)]) {
    expect(codesOf(await refresh(subgraph, { refreshToken }))).toEqual(['SESSION_ENDED']);
    expect(codesOf(await logOut(subgraph, { refreshToken }))).toEqual(['SESSION_ENDED']);
  }
});

test('nothing that is stored of a session opens it', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  const { credentials } = await refresh(subgraph, { refreshToken: ada.refreshToken });
  const { rows } = await subgraph.pool.query('SELECT * FROM sessions');
  for (const token of [ada.refreshToken, credentials.refreshToken]) {
    const bytes = Buffer.from(token, 'base64url');
    const parts = [bytes, bytes.subarray(0, 32), bytes.subarray(32)];
    for (const value of Object.values(rows[0]).filter(Buffer.isBuffer)) {
      expect(parts.some((part) => part.equals(value))).toBe(false);
    }
  }
});

test('a request takes one password', async () => {
  await using subgraph = await startUsers();
  await signUp(subgraph, ADA);
  const { data } = await subgraph.query({
    document: `mutation ($input: LogInInput!) {
      first: logIn(input: $input) { userErrors { code } }
      second: logIn(input: $input) { user { id } userErrors { code } }
      third: changePassword(input: { currentPassword: "x", newPassword: "y" }) { userErrors { code } }
    }`,
    variables: { input: ADA_LOGS_IN },
  });
  expect(data.first.userErrors).toEqual([]);
  expect(data.second).toEqual({ user: null, userErrors: [{ code: 'INVALID' }] });
  expect(data.third.userErrors).toEqual([{ code: 'INVALID' }]);
});

test('who logs in with a password while it is changed is not left signed in', async () => {
  await using subgraph = await startUsers();
  await signUp(subgraph, ADA);
  const change = await subgraph.pool.connect();
  await change.query('BEGIN');
  await change.query("UPDATE users SET password_hash = 'another'");
  const opening = logIn(subgraph, ADA_LOGS_IN);
  await isWaitingForALock(subgraph);
  await change.query('COMMIT');
  change.release();
  expect(codesOf(await opening)).toEqual(['CREDENTIALS_WRONG']);
  const { rows } = await subgraph.pool.query('SELECT count(*)::int AS sessions FROM sessions');
  expect(rows).toEqual([{ sessions: 1 }]);
});

/** Resolves once a statement of the service is held up by one of the test. */
const isWaitingForALock = async ({ pool }: TestSubgraph): Promise<void> => {
  for (;;) {
    const { rowCount } = await pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (rowCount !== 0) return;
  }
};
