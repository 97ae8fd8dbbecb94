import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { startSmallFederation } from '../kit/federation.ts';
import { startTestRouter } from '../kit/router.ts';

const SDL = 'type Query { secret: String }';

/** What the client sees of a subgraph that answers like this. */
const seen = async (answer: RequestListener) => {
  await using federation = await startSmallFederation({ vault: { sdl: SDL, answer } });
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    subgraphTimeoutMs: 300,
    subgraphMaxResponseBytes: 10_000,
  });
  const result = await router.query('{ secret }');
  expect(result.status).toBe(200);
  expect(result.data).toEqual({ secret: null });
  expect(JSON.stringify(result)).not.toMatch(/127\.0\.0\.1|localhost|:\d{4,5}|\/srv|graphql|boom/i);
  expect(result.errors?.map(({ path }) => path)).toEqual([['secret']]);
  return result.errors?.[0]?.extensions;
};

test.each<[string, string, RequestListener]>([
  ['hangs up', 'SUBGRAPH_UNAVAILABLE', (_request, response) => void response.socket?.destroy()],
  ['never answers', 'SUBGRAPH_TIMEOUT', () => {}],
  [
    'begins and never ends',
    'SUBGRAPH_TIMEOUT',
    (_request, response) => {
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
  ],
  [
    'answers too much',
    'SUBGRAPH_RESPONSE_TOO_LARGE',
    (_request, response) => response.end(JSON.stringify({ data: { secret: 'x'.repeat(20_000) } })),
  ],
  [
    'answers with its web server’s page',
    'SUBGRAPH_UNAVAILABLE',
    (_request, response) => response.writeHead(502).end('<h1>boom at /srv/vault.js</h1>'),
  ],
  [
    'answers with JSON that is no GraphQL',
    'SUBGRAPH_UNAVAILABLE',
    (_request, response) => response.writeHead(500).end('{"error":"boom at /srv/vault.js"}'),
  ],
  [
    'answers with data that is a list',
    'SUBGRAPH_UNAVAILABLE',
    (_request, response) => response.end('{"data":["boom"]}'),
  ],
])('a subgraph that %s gives %s', async (_what, code, answer) => {
  expect(await seen(answer)).toEqual({ code, service: 'vault' });
});
