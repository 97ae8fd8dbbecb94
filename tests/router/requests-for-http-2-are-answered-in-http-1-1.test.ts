import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startStreamingRouter } from '../kit/streaming-router.ts';

const BODY = JSON.stringify({ query: '{ product { title } }', note: 'x'.repeat(90_000) });

/** As curl and Java send it to a server of which they know nothing yet. */
const REQUEST = [
  'POST /graphql HTTP/1.1',
  'host: router.example',
  'connection: Upgrade, HTTP2-Settings',
  'upgrade: h2c',
  'http2-settings: AAMAAABkAARAAAAAAAIAAAAA',
  'content-type: application/json',
  `content-length: ${BODY.length}`,
  '',
  BODY,
].join('\r\n');

test('a client that would rather speak HTTP/2 is answered, as often as it asks', async () => {
  const warnings: string[] = [];
  process.on('warning', ({ name }) => warnings.push(name));
  await using router = await startStreamingRouter();
  const socket = connect(Number(new URL(router.url).port), '127.0.0.1').setEncoding('utf8');
  const answers = socket[Symbol.asyncIterator]();
  for (let request = 0; request < 15; request += 1) {
    socket.write(REQUEST);
    const { value } = await answers.next();
    expect(value).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(value).toContain('"title":"Camera"');
  }
  socket.destroy();
  expect(warnings, 'listeners gather on the connection').not.toContain(
    'MaxListenersExceededWarning',
  );
});
