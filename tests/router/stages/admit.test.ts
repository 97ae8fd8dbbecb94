import { expect, test } from 'vitest';
import { issueServiceToken } from '../../../contract/service-token.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { startCountedRouter } from '../../kit/counted-router.ts';
import { TEST_SECRET } from '../../kit/secret.ts';
import { openSocket } from '../../kit/socket.ts';

const NUMBERS = { sdl: 'type Query { a: Int }', resolvers: { Query: { a: () => 1 } } };
const user = (id: string) => ({ headers: { 'emporium-development-user': id } });

test('a user has so many requests a minute, whatever others ask', async () => {
  await using router = await startCountedRouter(NUMBERS, { requestsPerMinutePerViewer: 2 });
  const ask = async (id: string) => (await router.ask('{ a }', user(id))).status;
  expect([await ask('user_1'), await ask('user_1'), await ask('user_1')]).toEqual([200, 200, 429]);
  expect(await ask('user_2')).toBe(200);
  expect((await router.ask('{ a }')).status).toBe(200);
});

test('who asked too often is told which limit it was and when to come back, and asks nobody', async () => {
  await using router = await startCountedRouter(NUMBERS, { requestsPerMinutePerAddress: 1 });
  await router.ask('{ a }');
  const { status, headers, body } = await router.ask('{ this is not even read');
  expect(status).toBe(429);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
  expect(body.errors).toEqual([
    {
      message: expect.stringContaining('(REQUESTS_PER_MINUTE_PER_ADDRESS)'),
      extensions: { code: 'RATE_LIMITED' },
    },
  ]);
  expect(router.federation.requests).toHaveLength(1);
});

test('operations on a WebSocket are counted with the others', async () => {
  await using router = await startCountedRouter(NUMBERS, { requestsPerMinutePerAddress: 2 });
  await router.ask('{ a }');
  await using socket = await openSocket(router.url.replace('http', 'ws'));
  await socket.init();
  socket.subscribe('1', '{ a }');
  expect(await socket.next()).toMatchObject({ type: 'next', id: '1' });
  expect(await socket.next()).toMatchObject({ type: 'complete', id: '1' });
  socket.subscribe('2', '{ a }');
  expect(await socket.next()).toMatchObject({
    type: 'error',
    payload: [{ extensions: { code: 'RATE_LIMITED' } }],
  });
});

test('services ask as often as they have to', async () => {
  const limits = { requestsPerMinutePerViewer: 1, requestsPerMinutePerAddress: 1 };
  await using router = await startCountedRouter(NUMBERS, limits, ['{ a }']);
  const headers = { authorization: `Service ${issueServiceToken(TEST_SECRET, 'cart')}` };
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await router.ask('{ a }', { headers })).body.data).toEqual({ a: 1 });
  }
});

test('production has limits that a person does not reach, and development has none', () => {
  const limits = (NODE_ENV: string) => {
    const settings = readRouterSettings({ NODE_ENV });
    return [settings.requestsPerMinutePerViewer, settings.requestsPerMinutePerAddress];
  };
  expect(limits('production')).toEqual([1_200, 12_000]);
  expect(limits('development')).toEqual([0, 0]);
  expect(limits('test')).toEqual([0, 0]);
});
