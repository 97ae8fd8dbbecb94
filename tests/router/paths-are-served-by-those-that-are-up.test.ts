import type { ServerResponse } from 'node:http';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { startSmallFederation } from '../kit/federation.ts';
import { startTestRouter } from '../kit/router.ts';
import { startServer } from './transport/arrange.ts';

const SDL = 'type Query { unused: Int }';
const FILE = Buffer.alloc(1024 * 1024, 'film');

const origin = ({ port }: { readonly port: number }) => `http://127.0.0.1:${port}`;

test('several servers of a path take turns, and one that is down is missed by nobody', async () => {
  await using federation = await startSmallFederation({ unused: { sdl: SDL } });
  const served = new Set<string>();
  await using a = await startServer((_request, response) => void response.end('a'));
  await using b = await startServer((_request, response) => void response.end('b'));
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

test('a body is sent to a server that is up, whole and once, whoever goes and comes back', async () => {
  await using federation = await startSmallFederation({ unused: { sdl: SDL } });
  const received = new Map<string, number>();
  const take = (name: string) =>
    startServer(async (incoming, response) => {
      const body = Buffer.concat(await incoming.toArray());
      received.set(name, (received.get(name) ?? 0) + 1);
      response.writeHead(body.equals(FILE) ? 204 : 400).end();
    });
  await using a = await take('a');
  await using b = await take('b');
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    passThrough: { '/media': [origin(a), origin(b), 'http://127.0.0.1:1'] },
  });
  const put = async (): Promise<void> => {
    const options = { method: 'PUT', body: FILE } as const;
    const { statusCode, body } = await request(`${router.url}/media/uploads/x`, options);
    await body.dump();
    expect(statusCode).toBe(204);
  };
  for (let n = 0; n < 6; n += 1) await put();
  expect([...received.keys()].sort()).toEqual(['a', 'b']);

  await b[Symbol.asyncDispose]();
  received.clear();
  for (let n = 0; n < 4; n += 1) await put();
  expect(received).toEqual(new Map([['a', 4]]));

  b.server.listen(b.port, '127.0.0.1');
  while (!received.has('b')) await put();
});

test('who streams the least is asked first', async () => {
  await using federation = await startSmallFederation({ unused: { sdl: SDL } });
  const films: ServerResponse[] = [];
  const stream = (name: string) =>
    startServer((_request, response) => {
      response.writeHead(200, { server: name }).write('begun');
      if (name === 'a') films.push(response);
    });
  await using a = await stream('a');
  await using b = await stream('b');
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    passThrough: { '/media': [origin(a), origin(b)] },
  });
  const open = async () => {
    const { headers, body } = await request(`${router.url}/media/film`);
    // In the end they are broken off.
    return { server: String(headers['server']), text: body.text().catch(() => '') };
  };
  const streams = [await open(), await open(), await open(), await open()];
  expect(streams.map(({ server }) => server).sort()).toEqual(['a', 'a', 'b', 'b']);

  for (const film of films) film.end();
  await Promise.all(streams.flatMap(({ server, text }) => (server === 'a' ? [text] : [])));
  expect([(await open()).server, (await open()).server]).toEqual(['a', 'a']);
  a.breakConnections();
  b.breakConnections();
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
  await body.dump();
  expect([statusCode, headers['retry-after']]).toEqual([503, '2']);
  expect(asked).toBe(1);
});

test('what a server says of its own failure is not passed on', async () => {
  await using federation = await startSmallFederation({ unused: { sdl: SDL } });
  await using broken = await startServer((_request, response) => {
    response.writeHead(500, { 'content-type': 'text/html', 'x-host': '10.0.0.7' });
    response.end('<h1>SELECT failed at /srv/media.js</h1>');
  });
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    passThrough: { '/media': [origin(broken)] },
  });
  const { statusCode, headers, body } = await request(`${router.url}/media/x`);
  expect([statusCode, headers['x-host']]).toEqual([500, undefined]);
  expect(await body.json()).toEqual({
    errors: [
      {
        message: 'Something went wrong on our side.',
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ],
  });
});
