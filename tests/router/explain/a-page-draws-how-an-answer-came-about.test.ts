import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withCleanup } from '../../kit/cleanup.ts';
import { startTestRouter } from '../../kit/router.ts';
import { startShop } from './shop.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

/** The page in a browser, in front of a shop of four subgraphs. */
const openPage = () =>
  withCleanup(async ({ use, defer }) => {
    const shop = use(await startShop());
    const router = use(await startTestRouter({ supergraph: shop.supergraph }));
    const browser = await chromium.launch({
      executablePath: CHROMIUM ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    defer(() => browser.close());
    const page = await browser.newPage();
    const outside: string[] = [];
    const failures: string[] = [];
    page.on('request', (asked) => {
      if (!/^data:/.test(asked.url()) && !asked.url().startsWith(router.url))
        outside.push(asked.url());
    });
    page.on('pageerror', (error) => failures.push(error.message));
    // What the page's policy forbids is told there.
    page.on('console', (message) => {
      if (message.type() === 'error') failures.push(message.text());
    });
    await page.goto(`${router.url}/explain`);
    return { page, shop, outside, failures };
  });

const run = async (page: Page, query: string): Promise<void> => {
  await page.getByLabel('Operation').fill(query);
  await page.getByLabel('Operation').press('Control+Enter');
};

const QUERY = 'query Shop { items { left seller { city { country } } } }';

test.skipIf(CHROMIUM === undefined)(
  'the page draws each fetch, marks what the answer waited for, and shows what was asked',
  async () => {
    await using opened = await openPage();
    const { page } = opened;
    await run(page, QUERY);
    const rows = page.getByRole('option');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(4);
    // From a keyboard: the tabulator reaches the rows, and the arrows go through them.
    await rows.first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    const chosen = page.locator('[role=option][aria-selected=true]');
    expect(await chosen.getAttribute('aria-label')).toContain('cities, items[].seller.city');
    const details = page.locator('#details');
    expect(await details.textContent()).toContain('country');
    expect(await details.textContent()).toContain('people');
    expect(await page.locator('.fetch.critical').count()).toBeGreaterThanOrEqual(2);
    expect(await page.locator('#summary').textContent()).toContain('goods →');
    await page.getByText('The answer', { exact: true }).click();
    expect(await page.locator('#answer pre').textContent()).toContain('"country": "France"');
    expect(opened.outside).toEqual([]);
    expect(opened.failures).toEqual([]);
  },
);

test.skipIf(CHROMIUM === undefined)('the page tells what went wrong', async () => {
  await using opened = await openPage();
  const { page } = opened;
  const errors = page.getByRole('region', { name: 'Errors' });
  await run(page, '{ <b>items</b> }');
  await errors.getByText('GRAPHQL_PARSE_FAILED').waitFor();
  expect(await page.getByRole('option').count()).toBe(0);

  await page.getByLabel('Variables').fill('{ no');
  await run(page, QUERY);
  await errors.getByText('The variables are no JSON object').waitFor();

  await page.getByLabel('Variables').fill('');
  await opened.shop.subgraphs.stock.goDown();
  await run(page, QUERY);
  await errors.getByText('SUBGRAPH_UNAVAILABLE').first().waitFor();
  expect(await page.locator('.fetch.failed').getAttribute('aria-label')).toMatch(/^stock.*failed/);
});
