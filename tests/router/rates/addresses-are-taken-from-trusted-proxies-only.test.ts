import { expect, test } from 'vitest';
import { clientAddressBehind } from '../../../router/http/client-address.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { type CountedRouter, startCountedRouter } from '../../kit/counted-router.ts';
import { createLogLines } from '../../kit/log-lines.ts';

const NUMBERS = { sdl: 'type Query { a: Int }', resolvers: { Query: { a: () => 1 } } };

const statusBehind = async (router: CountedRouter, forwarded: string): Promise<number> =>
  (await router.ask('{ a }', { headers: { 'x-forwarded-for': forwarded } })).status;

const start = (trustedProxies: readonly string[]): Promise<CountedRouter> =>
  startCountedRouter(NUMBERS, { requestsPerMinutePerAddress: 1, trustedProxies });

test('nobody is believed by default, so that no one makes up addresses to ask more', async () => {
  await using router = await start([]);
  expect(await statusBehind(router, '192.0.2.1')).toBe(200);
  expect(await statusBehind(router, '192.0.2.2')).toBe(429);
});

test('behind a trusted proxy each client counts for itself', async () => {
  await using router = await start(['loopback']);
  expect(await statusBehind(router, '192.0.2.1')).toBe(200);
  expect(await statusBehind(router, '192.0.2.2')).toBe(200);
  expect(await statusBehind(router, '192.0.2.1')).toBe(429);
});

test('what a client wrote before the proxy did is not believed', async () => {
  await using router = await start(['loopback', '198.51.100.0/24']);
  expect(await statusBehind(router, '192.0.2.1')).toBe(200);
  expect(await statusBehind(router, '203.0.113.9, 192.0.2.1, 198.51.100.7')).toBe(429);
});

test('of IPv6 a network of 2 to the 64 addresses counts as one', async () => {
  await using router = await start(['loopback']);
  expect(await statusBehind(router, '2001:db8:1:2::1')).toBe(200);
  expect(await statusBehind(router, '2001:db8:1:2:ffff::1')).toBe(429);
  expect(await statusBehind(router, '2001:db8:1:3::1')).toBe(200);
});

test('that a proxy stands there that is not named is logged, once', () => {
  const { log, lines } = createLogLines();
  const addressOf = clientAddressBehind([], log);
  const request = (headers: object) =>
    // It reads these alone.
    ({ headers, socket: { remoteAddress: '10.0.0.1' } }) as Parameters<typeof addressOf>[0];
  expect(addressOf(request({}))).toBe('10.0.0.1');
  expect(lines).toEqual([]);
  for (let turn = 0; turn < 3; turn += 1) {
    expect(addressOf(request({ 'x-forwarded-for': '192.0.2.1' }))).toBe('10.0.0.1');
  }
  expect(lines).toEqual([
    expect.objectContaining({ level: 40, msg: expect.stringContaining('TRUSTED_PROXIES') }),
  ]);
});

test.each([
  [{ TRUSTED_PROXIES: 'loopback,10.0.0.300' }, /TRUSTED_PROXIES: "10.0.0.300" is no address/],
  [{ REDIS_URL: 'http://:secret@somewhere' }, /^(?!.*secret).*REDIS_URL: it is not redis:/],
  [{ COST_PER_MINUTE: '-1' }, /COST_PER_MINUTE: "-1" is not a whole number/],
])('a wrong setting is told with its cure: %o', (environment, told) => {
  expect(() => readRouterSettings(environment)).toThrow(told);
});
