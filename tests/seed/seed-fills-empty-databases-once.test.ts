import pg from 'pg';
import { expect, test } from 'vitest';
import { README_CART_TOKEN } from '../../prisma/seed/carts.ts';
import { type SeedProgress, seedWhenEmpty } from '../../prisma/seed/seed.ts';
import { type BySubgraph, eachSubgraph, SUBGRAPHS } from '../../stack/subgraphs.ts';
import { hashOf } from '../../subgraphs/cart/tokens.ts';
import { checkPassword } from '../../subgraphs/users/passwords.ts';
import { cloneDatabase } from '../kit/database.ts';

/** Five empty databases of one's own. */
const emptyDatabases = async () => {
  const databases = await eachSubgraph((name) => cloneDatabase(name, 'empty'));
  const urls: BySubgraph<string> = await eachSubgraph(async (name) => databases[name].url);
  return {
    urls,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(SUBGRAPHS.map((name) => databases[name][Symbol.asyncDispose]()));
    },
  };
};

const rowsOf = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

const countsOf = async (urls: BySubgraph<string>) => {
  const count = async (url: string, table: string): Promise<number> =>
    Number((await rowsOf(url, `SELECT count(*) FROM ${table}`))[0]?.count);
  return {
    users: await count(urls.users, 'users'),
    categories: await count(urls.catalog, 'categories'),
    products: await count(urls.catalog, 'products'),
    carts: await count(urls.cart, 'carts'),
    attachments: await count(urls.media, 'attachments'),
    events: await count(urls.recommendations, 'events'),
  };
};

const FULL = {
  users: 500,
  categories: 56,
  products: 1_500,
  carts: 14,
  attachments: expect.any(Number),
  events: 20_000,
};

test('empty databases get the market, and a second start finds nothing to do', async () => {
  await using databases = await emptyDatabases();
  const progress: SeedProgress[] = [];

  const first = await seedWhenEmpty(databases.urls, (each) => progress.push(each));
  const counts = await countsOf(databases.urls);
  expect(first.seeded).toBe(true);
  expect(counts).toEqual(FULL);
  expect(progress.at(-1)).toEqual({ done: first.rows, total: first.rows, what: 'rows' });

  expect(await seedWhenEmpty(databases.urls, () => {})).toEqual({ seeded: false, rows: 0 });
  expect(await countsOf(databases.urls)).toEqual(counts);
});

test('of two starts at the same time, one seeds', async () => {
  await using databases = await emptyDatabases();
  const both = await Promise.all([
    seedWhenEmpty(databases.urls, () => {}),
    seedWhenEmpty(databases.urls, () => {}),
  ]);

  expect(await countsOf(databases.urls)).toEqual(FULL);
  const written = both.reduce((sum, { rows }) => sum + rows, 0);
  await using others = await emptyDatabases();
  expect(written).toBe((await seedWhenEmpty(others.urls, () => {})).rows);
});

test('a database that holds anything is left as it is', async () => {
  await using databases = await emptyDatabases();
  const { urls } = databases;
  await rowsOf(
    urls.catalog,
    "INSERT INTO categories VALUES ('category_own', 'own', 'Own', NULL, 0)",
  );
  await rowsOf(urls.cart, "INSERT INTO carts (id, user_id) VALUES ('cart_own', 'user_own')");

  await seedWhenEmpty(urls, () => {});

  expect(await countsOf(urls)).toEqual({ ...FULL, categories: 1, products: 0, carts: 1 });
});

test('a seed that fails half-way leaves its database empty, and the next one completes it', async () => {
  await using databases = await emptyDatabases();
  const { urls } = databases;
  // The last event of the market does not fit any more.
  await rowsOf(
    urls.recommendations,
    "ALTER TABLE events ADD CONSTRAINT no_room CHECK (client_event_id <> 'seed-020000')",
  );

  await expect(seedWhenEmpty(urls, () => {})).rejects.toThrow('no_room');
  expect(await countsOf(urls)).toEqual({ ...FULL, events: 0 });

  await rowsOf(urls.recommendations, 'ALTER TABLE events DROP CONSTRAINT no_room');
  expect(await seedWhenEmpty(urls, () => {})).toEqual({ seeded: true, rows: 21_500 });
});

test('the documentation’s password and cart token open what they should', async () => {
  await using databases = await emptyDatabases();
  await seedWhenEmpty(databases.urls, () => {});

  const [ada] = await rowsOf(
    databases.urls.users,
    "SELECT password_hash FROM users WHERE email = 'ADA-MOREAU@example.com'",
  );
  expect(await checkPassword(ada?.password_hash, 'correct horse battery')).toBe('right');

  const [cart] = await rowsOf(
    databases.urls.cart,
    "SELECT token_hash, revision FROM carts WHERE id = 'cart_readme'",
  );
  expect(new Uint8Array(cart?.token_hash)).toEqual(hashOf(README_CART_TOKEN));
  expect(cart?.revision).toBe(3);
});
