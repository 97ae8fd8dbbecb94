import { expect, test } from 'vitest';
import { signRequest, verifyRequest } from '../../contract/signature.ts';
import { GUEST } from '../../contract/viewer.ts';

const SECRET = 'a'.repeat(32);
const CALLER = { viewer: GUEST, clientAddress: null };
const BODY = '{"query":"{ me { id } }"}';
const NOW = 1_700_000_000_000;

const signed = () => signRequest(SECRET, 'users', CALLER, BODY, NOW);

test('what was signed is accepted, with its caller', () => {
  expect(verifyRequest(SECRET, 'users', { ...signed() }, BODY, NOW)).toEqual({
    accepted: true,
    caller: CALLER,
  });
});

test.each([
  ['no headers', {}, 'missing'],
  ['another body', { body: '{}' }, 'forged'],
  ['another secret', { secret: 'b'.repeat(32) }, 'forged'],
  ['another subgraph', { audience: 'cart' }, 'wrong-audience'],
  ['a minute and a bit later', { now: NOW + 60_001 }, 'expired'],
  ['from the future', { now: NOW - 60_001 }, 'expired'],
])(
  '%s is refused',
  (what, change: { body?: string; secret?: string; audience?: string; now?: number }, refusal) => {
    const headers = what === 'no headers' ? {} : { ...signed() };
    const { secret = SECRET, audience = 'users', body = BODY, now = NOW } = change;
    expect(verifyRequest(secret, audience, headers, body, now)).toEqual({
      accepted: false,
      refusal,
    });
  },
);

test('a changed claim breaks the signature', () => {
  const headers = signed();
  const claims = JSON.parse(Buffer.from(headers['emporium-caller'], 'base64url').toString());
  claims.caller.viewer = { kind: 'user', id: 'user_1', scopes: ['admin'], sessionId: null };
  const forged = {
    ...headers,
    'emporium-caller': Buffer.from(JSON.stringify(claims)).toString('base64url'),
  };
  expect(verifyRequest(SECRET, 'users', forged, BODY, NOW)).toMatchObject({ refusal: 'forged' });
});
