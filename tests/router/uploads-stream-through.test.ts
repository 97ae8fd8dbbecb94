import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { startSmallFederation } from '../kit/federation.ts';
import { startTestRouter } from '../kit/router.ts';
import { startServer } from './transport/arrange.ts';

const SDL = 'type Query { unused: Int }';

test('a body larger and slower than any of GraphQL goes on as it comes', async () => {
  await using federation = await startSmallFederation({ unused: { sdl: SDL } });
  let received = 0;
  await using server = await startServer(async (incoming, response) => {
    for await (const chunk of incoming) received += chunk.length;
    response.writeHead(204).end();
  });
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    passThrough: { '/media': [`http://127.0.0.1:${server.port}`] },
    subgraphTimeoutMs: 600,
  });
  const chunk = Buffer.alloc(4 * 1024 * 1024);
  const sending = httpRequest(`${router.url}/media/uploads/x`, {
    method: 'PUT',
    headers: { 'content-length': 4 * chunk.length },
  });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  for (let n = 1; n <= 4; n += 1) {
    sending.write(chunk);
    await expect.poll(() => received).toBe(n * chunk.length);
    // Twice as long in all as a service may take to answer.
    await pass(300);
  }
  sending.end();
  const [response] = await answered;
  expect(response.statusCode).toBe(204);
});

test('pages of allowed origins may upload', async () => {
  await using federation = await startSmallFederation({ unused: { sdl: SDL } });
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    corsOrigins: ['https://shop.example'],
  });
  const { headers, body } = await request(`${router.url}/media/uploads/x`, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example', 'access-control-request-method': 'PUT' },
  });
  await body.dump();
  expect(headers['access-control-allow-methods']).toContain('PUT');
});
