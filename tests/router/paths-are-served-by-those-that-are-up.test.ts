import { request } from 'undici';
import { expect, test } from 'vitest';
import { startSmallFederation } from '../kit/federation.ts';
import { startTestRouter } from '../kit/router.ts';
import { startServer } from './transport/arrange.ts';

const SDL = 'type Query { unused: Int }';

test('several servers of a path take turns, and one that is down is missed by nobody', async () => {
  await using federation = await startSmallFederation({ unused: { sdl: SDL } });
  const served = new Set<string>();
  await using a = await startServer((_request, response) => void response.end('a'));
  await using b = await startServer((_request, response) => void response.end('b'));
  const origin = ({ port }: { readonly port: number }) => `http://127.0.0.1:${port}`;
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    passThrough: { '/media': [origin(a), origin(b)] },
  });
  const ask = async (): Promise<void> => {
    const { statusCode, body } = await request(`${router.url}/media/x`);
    expect(statusCode).toBe(200);
    served.add(await body.text());
  };
  for (let round = 0; round < 6; round += 1) await ask();
  expect([...served].sort()).toEqual(['a', 'b']);

  await b[Symbol.asyncDispose]();
  served.clear();
  for (let round = 0; round < 6; round += 1) await ask();
  expect([...served]).toEqual(['a']);
});

test('a server that is busy is not asked again before the client does', async () => {
  await using federation = await startSmallFederation({ unused: { sdl: SDL } });
  let asked = 0;
  await using busy = await startServer((_request, response) => {
    asked += 1;
    response.writeHead(503, { 'retry-after': '2' }).end('Busy');
  });
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    passThrough: { '/media': [`http://127.0.0.1:${busy.port}`] },
  });
  const { statusCode, headers, body } = await request(`${router.url}/media/x`);
  expect([statusCode, headers['retry-after'], await body.text()]).toEqual([503, '2', 'Busy']);
  expect(asked).toBe(1);
});
