import { expect, test } from 'vitest';
import { openSocket } from '../../kit/socket.ts';
import { startStreamingRouter } from '../../kit/streaming-router.ts';

const open = async (socketUrl: string, origin: string): Promise<string> => {
  try {
    await using _socket = await openSocket(socketUrl, { headers: { origin } });
    return 'open';
  } catch (error) {
    return String(error);
  }
};

test('a page of a foreign origin is refused', async () => {
  await using router = await startStreamingRouter({
    mode: 'production',
    corsOrigins: ['https://shop.example'],
  });
  expect(await open(router.socketUrl, 'https://shop.example')).toBe('open');
  for (const origin of [
    'https://evil.example',
    'https://shop.example.evil.example',
    'http://shop.example',
    'http://localhost:3000',
    'null',
    'nonsense',
  ]) {
    expect(await open(router.socketUrl, origin), origin).toContain('403');
  }
});

test('the router’s own pages may open one', async () => {
  await using router = await startStreamingRouter({ mode: 'production' });
  expect(await open(router.socketUrl, new URL(router.url).origin)).toBe('open');
});

test('in development, so may those of this machine', async () => {
  await using router = await startStreamingRouter();
  expect(await open(router.socketUrl, 'http://localhost:3000')).toBe('open');
});

test('elsewhere than at /graphql there is none', async () => {
  await using router = await startStreamingRouter();
  const elsewhere = router.socketUrl.replace('/graphql', '/graphiql');
  await expect(openSocket(elsewhere)).rejects.toThrow('404');
  await using _socket = await openSocket(`${router.socketUrl}?v=1`);
});
