import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { request } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { bySubgraph } from '../../stack/subgraphs.ts';
import { DEFERRED_PARTS, EVENT_STREAM } from '../kit/accepts.ts';
import { openRawStream } from '../kit/raw-stream.ts';
import { startInTopology, type TestMarket } from '../kit/topologies.ts';

const [services, monolith, mixture] = await Promise.all([
  startInTopology(bySubgraph(() => 'process')),
  startInTopology(bySubgraph(() => 'in-process')),
  startInTopology({
    users: 'in-process',
    catalog: 'process',
    cart: 'in-process',
    media: 'process',
    recommendations: 'two replicas',
  }),
]);
afterAll(async () => {
  for (const market of [services, monolith, mixture]) await market[Symbol.asyncDispose]();
});

const JSON_ANSWER = 'application/graphql-response+json';

/** What is asked, and something that the answer must hold for the question to have been a good one. */
interface Asked {
  readonly query: string;
  readonly holds: string | RegExp;
  readonly accept?: string;
}

const STOREFRONT = path.resolve('operations/storefront');

const REGISTERED: readonly [string, Asked][] = readdirSync(STOREFRONT).map((file) => [
  `operations/storefront/${file}`,
  { query: readFileSync(path.join(STOREFRONT, file), 'utf8'), holds: /^\{"data":\{/ },
]);

const ASKED: readonly [string, Asked][] = [
  ...REGISTERED,
  [
    'times, of entities that several services know',
    {
      query: `{
        product(id: "product_1") { listedAt updatedAt seller { memberSince handle } }
        cart(token: "readme-guest-cart") { updatedAt lines { addedAt product { listedAt } } }
      }`,
      holds: /"listedAt":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/,
    },
  ],
  [
    'a list of a hundred, with pictures, films and sellers',
    {
      query: `{ products(first: 100) {
        totalCount
        pageInfo { endCursor hasNextPage }
        nodes { id title price { amount currencyCode } seller { displayName }
          media { __typename ... on Image { id alt } ... on Video { url } } }
      } }`,
      holds: '"totalCount"',
    },
  ],
  [
    'what is not there',
    {
      query:
        '{ product(id: "product_0") { title } user(id: "user_0") { handle } category(slug: "no") { name } }',
      holds: '{"data":{"product":null,"user":null,"category":null}}',
    },
  ],
  [
    'what a subgraph refuses beside what another gives',
    {
      query: '{ products(first: 1000) { nodes { id } } user(id: "user_1") { handle } }',
      holds: '"code":"BAD_USER_INPUT","service":"catalog"',
    },
  ],
  [
    'lists in lists that come to too much',
    {
      query: `{ products(first: 100) { nodes { seller { listings(first: 100) { nodes {
        seller { listings(first: 100) { nodes { seller { listings(first: 100) { nodes { id } } } } } }
      } } } } } }`,
      holds: 'may cost 10000 (MAX_COST)',
    },
  ],
  ['what the schema does not know', { query: '{ nothing }', holds: 'GRAPHQL_VALIDATION_FAILED' }],
  [
    'names that every object has',
    {
      query: '{ product(id: "product_1") { __proto__: title constructor: id toJSON: title } }',
      holds: /"__proto__":".+","constructor":"product_1","toJSON":"/,
    },
  ],
  [
    'a mutation, and what other services know of its entity',
    {
      query: `mutation {
        addToCart(input: { token: "readme-guest-cart", productId: "product_2", quantity: 1 }) {
          cart { totalQuantity totals { amount } lines { quantity product { title price { amount } } } }
          userErrors { code field message }
        }
      }`,
      holds: '"userErrors":[]',
    },
  ],
  [
    'a mutation that is refused',
    {
      query: `mutation {
        addToCart(input: { token: "no such cart", productId: "product_1" }) {
          cart { id }
          userErrors { code field message }
        }
      }`,
      holds: '"cart":null',
    },
  ],
  [
    'a part that is deferred',
    {
      query: `{ product(id: "product_1") { title ... @defer(label: "seller") {
        seller { displayName } coverImage { alt } listedAt
      } } }`,
      holds: '"label":"seller"',
      accept: DEFERRED_PARTS,
    },
  ],
];

const ask = async (
  { url }: TestMarket,
  { query, accept = JSON_ANSWER }: Asked,
): Promise<unknown> => {
  const { statusCode, headers, body } = await request(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'emporium-development-user': 'user_1',
      accept,
    },
    body: JSON.stringify({ query }),
  });
  return { status: statusCode, type: headers['content-type'], text: await body.text() };
};

test.each(ASKED)('%s', async (_what, asked) => {
  const [first, ...others] = await Promise.all(
    [services, monolith, mixture].map((market) => ask(market, asked)),
  );
  expect(first).toMatchObject({ text: expect.stringMatching(asPattern(asked.holds)) });
  for (const other of others) expect(other).toEqual(first);
});

const asPattern = (holds: string | RegExp): RegExp =>
  typeof holds === 'string' ? new RegExp(holds.replace(/[{}[\]()$.?*+|^\\]/g, '\\$&')) : holds;

const CHANGES: readonly [string, string][] = [
  [
    'productChanged',
    `subscription { productChanged(ids: ["product_1"], includeCurrent: true) {
      id updatedAt price { amount } seller { displayName } coverImage { alt }
    } }`,
  ],
  [
    'cartChanged',
    `subscription { cartChanged(token: "readme-guest-cart", includeCurrent: true) {
      totals { amount } lines { product { title } }
    } }`,
  ],
  ['a refused productChanged', 'subscription { productChanged(ids: []) { id } }'],
];

test.each(CHANGES)('the first event of %s', async (_what, query) => {
  const firstEvent = async ({ url }: TestMarket): Promise<string | undefined> => {
    using stream = await openRawStream(`${url}/graphql`, query, { accept: EVENT_STREAM });
    const text = await stream.until('}\n\n');
    return /^data: (.*)$/m.exec(text)?.[1];
  };
  const [first, ...others] = await Promise.all([services, monolith, mixture].map(firstEvent));
  expect(first).toMatch(/"lines":\[\{|"displayName":"|"code":"BAD_USER_INPUT"/);
  for (const other of others) expect(other).toBe(first);
});

test('pictures are the same everywhere, whole and in part', async () => {
  const query = '{ product(id: "product_1") { coverImage { url(width: 320) } } }';
  const picture = async (market: TestMarket) => {
    const { text } = Object(await ask(market, { query, holds: '' }));
    const { pathname } = new URL(JSON.parse(text).data.product.coverImage.url);
    const whole = await request(`${market.url}${pathname}`);
    const part = await request(`${market.url}${pathname}`, { headers: { range: 'bytes=8-11' } });
    const head = await request(`${market.url}${pathname}`, { method: 'HEAD' });
    await head.body.dump();
    return {
      statuses: [whole.statusCode, part.statusCode, head.statusCode],
      type: whole.headers['content-type'],
      length: head.headers['content-length'],
      bytes: Buffer.from(await whole.body.arrayBuffer()).toString('base64'),
      mark: await part.body.text(),
    };
  };
  const [first, ...others] = await Promise.all([services, monolith, mixture].map(picture));
  expect(first).toMatchObject({ statuses: [200, 206, 200], type: 'image/webp', mark: 'WEBP' });
  for (const other of others) expect(other).toEqual(first);
});

describe('in a mixture', () => {
  const PAGE = `{
    cart(token: "readme-guest-cart") { totalQuantity lines { product { title } } }
    trending(first: 2) { reason { text } }
    user(id: "user_1") { handle }
  }`;
  const page = async () => JSON.parse(Object(await ask(mixture, { query: PAGE, holds: '' })).text);

  test('one replica of two is enough', async () => {
    const before = await page();
    expect(before.errors).toBeUndefined();
    await mixture.processes.recommendations[0]?.kill();
    for (let round = 0; round < 4; round += 1) expect(await page()).toEqual(before);
  });

  test('a process that is down leaves the rest of the page', async () => {
    const before = await page();
    await mixture.processes.catalog[0]?.kill();
    const { data, errors } = await page();
    expect(data).toEqual({
      ...before.data,
      cart: {
        totalQuantity: before.data.cart.totalQuantity,
        lines: before.data.cart.lines.map(() => ({ product: null })),
      },
    });
    for (const { extensions } of errors) {
      expect(extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', service: 'catalog' });
    }
    expect(errors.length).toBe(before.data.cart.lines.length);
  });
});
