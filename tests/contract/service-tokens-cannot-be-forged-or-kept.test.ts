import { expect, test } from 'vitest';
import { issueServiceToken, verifyServiceToken } from '../../contract/service-token.ts';
import { signRequest } from '../../contract/signature.ts';
import { GUEST } from '../../contract/viewer.ts';

const SECRET = 'a secret of tests that is long enough';
const NOW = 1_764_000_000_000;

const altered = (token: string, change: (claims: Record<string, unknown>) => object): string => {
  const [claims = '', signature] = token.split('.');
  const read = JSON.parse(Buffer.from(claims, 'base64url').toString());
  return `${Buffer.from(JSON.stringify(change(read))).toString('base64url')}.${signature}`;
};

test('a token names its service for a minute, by clocks that are a minute apart at most', () => {
  const token = issueServiceToken(SECRET, 'cart', NOW);
  expect(verifyServiceToken(SECRET, token, NOW + 60_000)).toBe('cart');
  expect(verifyServiceToken(SECRET, token, NOW - 60_000)).toBe('cart');
  expect(verifyServiceToken(SECRET, token, NOW + 60_001)).toBeNull();
  expect(verifyServiceToken(SECRET, token, NOW - 60_001)).toBeNull();
});

test.each([
  ['another service', (token: string) => altered(token, (read) => ({ ...read, service: 'users' }))],
  ['a later time', (token: string) => altered(token, (read) => ({ ...read, issuedAt: NOW + 9 }))],
  ['no signature', (token: string) => token.split('.')[0] ?? ''],
  ['a part too many', (token: string) => `${token}.`],
  ['nothing', () => ''],
])('%s under the same signature is no token', (_what, change) => {
  const token = issueServiceToken(SECRET, 'cart', NOW);
  expect(verifyServiceToken(SECRET, change(token), NOW)).toBeNull();
});

test('another secret, and a signature of the same secret for something else, make no token', () => {
  const token = issueServiceToken(`${SECRET}!`, 'cart', NOW);
  expect(verifyServiceToken(SECRET, token, NOW)).toBeNull();

  const [claims = ''] = issueServiceToken(SECRET, 'cart', NOW).split('.');
  const signed = signRequest(SECRET, 'cart', { viewer: GUEST, clientAddress: null }, claims, NOW);
  const mac = Buffer.from(signed['emporium-signature'], 'hex').toString('base64url');
  expect(verifyServiceToken(SECRET, `${claims}.${mac}`, NOW)).toBeNull();
});
