import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { startTestRouter } from '../kit/router.ts';
import { startSupergraph } from '../kit/supergraph.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

const read = async (url: string, accept = 'text/html') => {
  const response = await request(url, { headers: { accept } });
  return { status: response.statusCode, text: await response.body.text() };
};

test('in a browser /graphql is the Sandbox, and to programs it is GraphQL', async () => {
  await using router = await startTestRouter();
  const page = await read(`${router.url}/graphql`);
  expect(page.status).toBe(200);
  expect(page.text).toContain('EmbeddedSandbox');
  const api = await read(`${router.url}/graphql`, 'application/json');
  expect(api.status).toBe(400);
});

test('production has no pages', async () => {
  await using router = await startTestRouter({ explorer: false });
  for (const path of ['/', '/graphiql/']) {
    expect((await read(`${router.url}${path}`)).status).toBe(404);
  }
  expect((await read(`${router.url}/graphql`)).text).not.toContain('Sandbox');
});

test.skipIf(CHROMIUM === undefined)('GraphiQL asks and shows with no internet', async () => {
  await using market = await startSupergraph();
  const browser = await chromium.launch({
    executablePath: CHROMIUM ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    const outside: string[] = [];
    const failures: string[] = [];
    page.on('request', (asked) => {
      const local = asked.url().startsWith(market.url) || /^(data|blob):/.test(asked.url());
      if (!local) outside.push(asked.url());
    });
    page.on('pageerror', (error) => failures.push(error.message));

    await page.goto(`${market.url}/`);
    expect(await page.title()).toBe('Emporium');
    await page.getByRole('link', { name: /GraphiQL/ }).click();
    // The button is there before the editor has its query.
    await page.getByText('totalCount').first().waitFor();
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.getByText('"totalCount"').first().waitFor();
    expect(outside).toEqual([]);
    expect(failures).toEqual([]);
  } finally {
    await browser.close();
  }
});
