import { readFileSync } from 'node:fs';
import { request } from 'undici';
import { afterAll, expect, test } from 'vitest';
// The same blocks that .ci/run tries on `npm start`.
import { readmeBlock } from '../../.ci/readme.mjs';
import { startSupergraph } from '../kit/supergraph.ts';

const market = await startSupergraph();
afterAll(() => market[Symbol.asyncDispose]());

test.each([
  ['first', 'first-page'],
  ['second', 'my-market'],
])('the %s query is registered, and its answer is the real one', async (name, operation) => {
  const query = readmeBlock('query', name);
  const registered = readFileSync(`operations/storefront/${operation}.graphql`, 'utf8');
  // What it promises stands in comments above it.
  expect(registered.replaceAll(/^#.*\n/gm, '').trim()).toBe(query);

  const response = await request(`${market.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(name === 'second' && JSON.parse(readmeBlock('headers', name))),
    },
    body: JSON.stringify({ query }),
  });
  expect(await response.body.json()).toEqual(JSON.parse(readmeBlock('answer', name)));
});
