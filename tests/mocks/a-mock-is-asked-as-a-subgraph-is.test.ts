import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signRequest } from '../../contract/signature.ts';
import { GUEST } from '../../contract/viewer.ts';
import { createMock } from '../../mocks/mock.ts';
import { startMock } from '../../mocks/server.ts';
import { readMockSettings } from '../../mocks/settings.ts';
import type { Running } from '../../process/lifecycle.ts';
import { createLog } from '../../process/log.ts';
import type { Data } from '../kit/http.ts';
import { TEST_SECRET } from '../kit/secret.ts';

const start = () => {
  const settings = readMockSettings({
    SIGNING_SECRET: TEST_SECRET,
    MOCK_SUBGRAPH: 'books',
    MOCK_SCHEMA: 'none',
  });
  const sdl = 'type Query { title: String! } type Subscription { sold: Int! }';
  const made = createMock({ typeDefs: parse(sdl) });
  return startMock(made, settings, createLog('books', 'silent'));
};

let mock: Running;
beforeAll(async () => {
  mock = await start();
});
afterAll(() => mock.stop());

const BODY = JSON.stringify({ query: '{ title _service { sdl } }' });

const post = (body: string | null, headers: Readonly<Record<string, string>>) =>
  fetch(`${mock.url}/graphql`, { method: 'POST', body, headers });

const signed = (secret: string, audience: string, body = BODY) => ({
  'content-type': 'application/json',
  ...signRequest(secret, audience, { viewer: GUEST, clientAddress: null }, body),
});

it('what the router signed is answered', async () => {
  const answer = await post(BODY, signed(TEST_SECRET, 'books'));
  expect(await answer.json()).toEqual({
    data: { title: expect.any(String), _service: { sdl: expect.stringContaining('title') } },
  });
});

it('nothing else is, and nobody is told why', async () => {
  const refused = [
    await post(BODY, { 'content-type': 'application/json' }),
    await post(null, {}),
    await post(null, { accept: 'text/event-stream' }),
    await post(BODY, signed(TEST_SECRET, 'films')),
    await post(BODY, signed('x'.repeat(40), 'books')),
  ];
  for (const answer of refused) {
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'FORBIDDEN' } }],
    });
  }
});

it('pictures are there under every path, and nothing else is', async () => {
  const picture = await fetch(`${mock.url}/covers/1-320.webp`);
  expect(picture.headers.get('content-type')).toBe('image/svg+xml');
  expect(await picture.text()).toMatch(/^<svg/);
  for (const path of ['/', '/covers/1', '/.well-known/jwks.json']) {
    const answer = await fetch(`${mock.url}${path}`);
    const { errors }: Data = await answer.json();
    expect([answer.status, errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
  }
  expect((await fetch(`${mock.url}/ready`)).status).toBe(200);
});

it('a subscription has events, and does not keep the mock from stopping', async () => {
  const stopping = await start();
  const body = JSON.stringify({ query: 'subscription { sold }' });
  const headers = { ...signed(TEST_SECRET, 'books', body), accept: 'text/event-stream' };
  const answer = await fetch(`${stopping.url}/graphql`, { method: 'POST', body, headers });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('event: next')) text += (await reader?.read())?.value;
  expect(text).toMatch(/data: \{"data":\{"sold":\d+\}\}/);
  await stopping.stop();
  await expect(reader?.read()).rejects.toThrow();
});

it('production is never made up', () => {
  expect(() =>
    readMockSettings({
      NODE_ENV: 'production',
      SIGNING_SECRET: TEST_SECRET,
      MOCK_SUBGRAPH: 'books',
      MOCK_SCHEMA: 'none',
    }),
  ).toThrow('NODE_ENV: production, where nothing is made up');
});
