import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOMBS, SCHEMA } from '../../../bench/limits/bombs.mjs';
import { readRouterSettings } from '../../../router/settings.ts';
import { type CountedRouter, startCountedRouter } from '../../kit/counted-router.ts';

const KB_200 = 200_000;

let open: CountedRouter;
let usual: CountedRouter;
beforeAll(async () => {
  open = await startCountedRouter({ sdl: SCHEMA }, { maxBodyBytes: 1_000_000 });
  usual = await startCountedRouter({ sdl: SCHEMA });
});
afterAll(async () => {
  await open[Symbol.asyncDispose]();
  await usual[Symbol.asyncDispose]();
});

const throwAt = async ({ url }: CountedRouter, body: string) => {
  const { statusCode, body: answer } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body,
  });
  return { status: statusCode, text: await answer.text() };
};

const LIMITED = /\((MAX_TOKENS|MAX_INPUT_VALUES)\)|brackets stand too deep/;
const WRONG = /GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED/;

/** What does not pass a limit is answered as any document is that is wrong. */
const ONLY_WRONG: readonly string[] = [
  'braces that never close',
  'comments',
  'blanks',
  'one string',
  'as many fields as may be',
  'as many equal objects as may be',
  'as many equal towers as may be',
];

test.each(Object.entries(BOMBS))(
  '%s: refused as what it is, before it is planned',
  async (name, bomb) => {
    const { status, text } = await throwAt(open, bomb(KB_200));
    expect(status).toBe(400);
    expect(text).toMatch(ONLY_WRONG.includes(name) ? WRONG : LIMITED);
    expect(text.length).toBeLessThan(20_000);
    expect(open.plans).toEqual([]);
    expect(open.federation.requests).toEqual([]);
  },
);

test('by default so large a body is not even read', async () => {
  const { maxBodyBytes } = readRouterSettings({});
  for (const bomb of Object.values(BOMBS)) {
    const body = bomb(KB_200);
    if (body.length > maxBodyBytes) expect((await throwAt(usual, body)).status).toBe(413);
  }
  expect(usual.plans).toEqual([]);
});

test('variables hold as many values as may be, and not one more', async () => {
  const query = 'query ($filter: Filter) { find(filter: $filter) { leaf } }';
  const filled = (count: number) => ({
    filter: { all: Array.from({ length: count }, () => ({})) },
  });
  const ask = (count: number) => open.ask(query, { variables: filled(count) });
  // With the object and the list.
  expect((await ask(9_998)).status).toBe(200);
  const { status, body } = await ask(9_999);
  expect([status, body.errors[0]]).toEqual([
    400,
    {
      message: 'The variables hold more than 10000 values (MAX_INPUT_VALUES).',
      extensions: { code: 'OPERATION_TOO_LARGE' },
    },
  ]);
});
