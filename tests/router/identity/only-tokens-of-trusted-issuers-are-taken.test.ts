import { createHmac } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { expect, test, vi } from 'vitest';
import { withCleanup } from '../../kit/cleanup.ts';
import { startSmallFederation } from '../../kit/federation.ts';
import { startTestRouter } from '../../kit/router.ts';
import { ISSUER, issue, newKey, secondsFromNow, startKeySet } from './issuer.ts';

/** What a token would say, but for one claim. */
const without = (claim: string) => ({ [claim]: undefined }) as unknown as JWTPayload;

const QUERY = '{ who mine }';

/** A router that trusts one issuer, and a subgraph that is told who asks. */
const startTrusting = () =>
  withCleanup(async ({ use }) => {
    const key = await newKey('one');
    const keySet = use(await startKeySet([key]));
    const federation = use(
      await startSmallFederation({
        one: {
          sdl: 'type Query { who: Int mine: Int @requiresScopes(scopes: [["seller"]]) }',
          resolvers: { Query: { who: () => 1, mine: () => 2 } },
        },
      }),
    );
    const router = use(
      await startTestRouter({
        supergraph: federation.supergraph,
        identityProviders: { [ISSUER]: keySet.url },
      }),
    );
    const ask = async (token: string) => router.query(QUERY, { authorization: `Bearer ${token}` });
    return { key, keySet, federation, ask };
  });

test('a valid token names the viewer, with scopes and session, to router and subgraphs', async () => {
  await using trusting = await startTrusting();
  const { data, errors } = await trusting.ask(await issue(trusting.key));
  expect(errors).toBeUndefined();
  expect(data).toEqual({ who: 1, mine: 2 });
  const headers = Object(trusting.federation.requests[0]?.headers);
  const claims = JSON.parse(Buffer.from(headers['emporium-caller'], 'base64url').toString());
  expect(claims.caller.viewer).toEqual({
    kind: 'user',
    id: 'user_7',
    scopes: ['buyer', 'seller'],
    sessionId: 'session_1',
  });
});

test('scopes that the token does not have are missing', async () => {
  await using trusting = await startTrusting();
  const { data } = await trusting.ask(await issue(trusting.key, { scope: 'buyer' }));
  expect(data).toEqual({ who: 1, mine: null });
});

test('a token that is wrong in any way is refused, and says which', async () => {
  await using trusting = await startTrusting();
  const { key, ask, keySet } = trusting;
  const stranger = await newKey('one');
  const none = (await issue(key)).split('.');
  const header = Buffer.from('{"alg":"none"}').toString('base64url');
  // The oldest trick: the public key as the secret of an HMAC (RFC 8725, section 2.1).
  const hs = Buffer.from('{"alg":"HS256","kid":"one"}').toString('base64url');
  const mac = createHmac('sha256', String(key.jwk.x)).update(`${hs}.${none[1]}`);

  for (const [token, reason] of [
    ['abc', /not a JWT/],
    [await issue(key, { exp: secondsFromNow(-120) }), /expired/],
    [await issue(key, { nbf: secondsFromNow(120) }), /nbf/],
    [await issue(key, { aud: 'another' }), /aud/],
    [await issue(key, { iss: 'https://evil.test' }), /issuer/],
    [await issue(key, without('sub')), /sub/],
    [await issue(key, without('exp')), /exp/],
    [await issue(stranger), /signed/],
    [`${header}.${none[1]}.`, /signed/],
    [`${hs}.${none[1]}.${mac.digest('base64url')}`, /signed/],
    [`${none[0]}.${none[1]}.${none[2]?.slice(4)}`, /signed/],
    ['x'.repeat(9_000), /too long/],
  ] as const) {
    const { status, data, errors } = await ask(token);
    expect(errors, String(reason)).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect({ status, data }).toEqual({ status: 401, data: undefined });
    expect(errors?.[0]?.message).toMatch(reason);
  }
  expect(trusting.federation.requests).toEqual([]);
  expect(keySet.asked()).toBe(1);
});

test('a signature of a kind that is not on the list is none, though its key is published', async () => {
  await using trusting = await startTrusting();
  const key = await newKey('p384', 'ES384');
  trusting.keySet.publish([key]);
  const { status, errors } = await trusting.ask(await issue(key));
  expect({ status, code: errors?.[0]?.extensions?.['code'] }).toEqual({
    status: 401,
    code: 'UNAUTHENTICATED',
  });
});

test('clocks may be a little apart', async () => {
  await using trusting = await startTrusting();
  const late = await issue(trusting.key, { exp: secondsFromNow(-10) });
  expect((await trusting.ask(late)).status).toBe(200);
});

test('a token is checked once, and no longer believed when it has expired', async () => {
  await using trusting = await startTrusting();
  const token = await issue(trusting.key);
  expect((await trusting.ask(token)).status).toBe(200);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 700_000 });
  try {
    expect((await trusting.ask(token)).status).toBe(401);
  } finally {
    vi.useRealTimers();
  }
});

test('a new key is found when the first token of it comes', async () => {
  await using trusting = await startTrusting();
  const { key, keySet, ask } = trusting;
  expect((await ask(await issue(key))).status).toBe(200);
  const next = await newKey('two');
  keySet.publish([key, next]);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
  try {
    expect((await ask(await issue(next))).status).toBe(200);
    expect((await ask(await issue(key))).status).toBe(200);
  } finally {
    vi.useRealTimers();
  }
  expect(keySet.asked()).toBe(2);
});

test('while the key set does not answer, tokens of known keys are good and others are not refused but put off', async () => {
  await using trusting = await startTrusting();
  const { key, keySet, ask } = trusting;
  keySet.goDown();
  expect(await ask(await issue(key))).toMatchObject({
    status: 503,
    errors: [{ extensions: { code: 'IDENTITY_UNAVAILABLE' } }],
  });
  keySet.comeBack();
  expect((await ask(await issue(key))).status).toBe(200);
  keySet.goDown();
  expect((await ask(await issue(key, { jti: 'another' }))).status).toBe(200);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  try {
    expect((await ask(await issue(key))).status).toBe(200);
  } finally {
    vi.useRealTimers();
  }
});
