import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startStreamingRouter } from '../kit/streaming-router.ts';

test('a request that asks for HTTP/2, as curl and Java do, is answered as what it is', async () => {
  await using router = await startStreamingRouter();
  const body = JSON.stringify({ query: '{ product { title } }', note: 'x'.repeat(90_000) });
  const socket = connect(Number(new URL(router.url).port), '127.0.0.1');
  const head = [
    'POST /graphql HTTP/1.1',
    'host: router.example',
    'connection: Upgrade, HTTP2-Settings',
    'upgrade: h2c',
    'http2-settings: AAMAAABkAARAAAAAAAIAAAAA',
    'content-type: application/json',
    `content-length: ${body.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  const [answer] = await socket.setEncoding('utf8').take(1).toArray();
  socket.destroy();
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('"title":"Camera"');
});
