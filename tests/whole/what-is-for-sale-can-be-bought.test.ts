import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openPool } from '../kit/database.ts';
import { type Data, postGraphql } from '../kit/http.ts';
import { temporaryFolder } from '../stack/folders.ts';
import { type Launched, launch } from '../stack/launched.ts';

const BUYER = 'user_1';

const ask = async (
  { port }: Launched,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> => {
  const { data, errors } = await postGraphql(
    `http://127.0.0.1:${port}/graphql`,
    JSON.stringify({ query, variables }),
    { 'emporium-development-user': BUYER },
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};

/** Single pieces of others, for the same currency. */
const offersIn = async (launched: Launched): Promise<Data[]> => {
  const { products } = await ask(
    launched,
    `{ products(first: 100) { nodes {
      id title availability price { amount currencyCode } seller { id } } } }`,
  );
  return products.nodes.filter(
    ({ availability, seller, price }: Data) =>
      availability === 'AVAILABLE' && seller.id !== BUYER && price.currencyCode === 'EUR',
  );
};

const checkout = (launched: Launched, offer: Data, paymentMethod: string) =>
  ask(
    launched,
    `mutation Buy($input: CheckoutInput!) { checkout(input: $input) {
      order { id status total { amount } items { title product { availability } }
        shipments { state seller { id } } }
      userErrors { code message } } }`,
    {
      input: {
        idempotencyKey: `buying ${offer.id}`,
        paymentMethod,
        items: [{ productId: offer.id, quantity: 1, expectedPrice: offer.price }],
      },
    },
  ).then((data) => data.checkout);

const statusOf = async (launched: Launched, id: string): Promise<string | undefined> => {
  const query = 'query Look($id: ID!) { order(id: $id) { status } }';
  // While the service is started again there is no answer.
  const data = await ask(launched, query, { id }).catch(() => null);
  return data?.order?.status;
};

/** How often each order was charged, by the ledger of the payment provider. */
const chargesIn = async (folder: string): Promise<Record<string, number>> => {
  const { port, roles } = JSON.parse(readFileSync(path.join(folder, 'database.json'), 'utf8'));
  const pool = openPool(`postgresql://payments:${roles.payments}@127.0.0.1:${port}/payments`);
  const { rows } = await pool.query(
    'SELECT order_id, count(*)::int AS n FROM charges WHERE declined IS NULL GROUP BY order_id',
  );
  await pool.end();
  return Object.fromEntries(rows.map((row) => [row.order_id, row.n]));
};

const servant = (launched: Launched, script: string) =>
  launched.servants().find(({ command }) => command.includes(script));

test.each([
  ['services', 'subgraphs/cart/main.js'],
  ['monolith', 'stack/monolith.js'],
])(
  'with %s, money and goods change hands once, whatever the card does and whoever dies',
  {
    timeout: 180_000,
  },
  async (topology, script) => {
    using folder = temporaryFolder();
    await using launched = await launch(folder.path, {
      args: ['--topology', topology],
      seed: 'auto',
      settings: { SLOW_CARD_MS: '3000' },
    });
    await launched.ready();
    const [offer, declined, failing, slow] = await offersIn(launched);

    const bought = await checkout(launched, offer, 'card_approved');
    expect(bought).toMatchObject({
      userErrors: [],
      order: {
        status: 'PAID',
        items: [{ title: offer.title }],
        shipments: [{ state: 'OPEN', seller: { id: offer.seller.id } }],
      },
    });
    expect((await checkout(launched, declined, 'card_declined')).userErrors).toMatchObject([
      { code: 'PAYMENT_DECLINED' },
    ]);
    const { product } = await ask(launched, `{ product(id: "${declined.id}") { availability } }`);
    expect(product.availability).toBe('AVAILABLE');

    const unsure = (await checkout(launched, failing, 'card_fails_after_charging')).order;
    await expect.poll(() => statusOf(launched, unsure.id), { timeout: 30_000 }).toBe('PAID');

    const dying = checkout(launched, slow, 'card_slow').catch(() => null);
    await expect.poll(async () => Object.keys(await chargesIn(folder.path)).length).toBe(3);
    process.kill(servant(launched, script)?.pid ?? 0, 'SIGKILL');
    await dying;
    const again = async () => {
      const answer = await checkout(launched, slow, 'card_slow').catch(() => null);
      return answer?.order?.id ?? null;
    };
    await expect.poll(again, { timeout: 60_000 }).not.toBeNull();
    const id = await again();
    await expect.poll(() => statusOf(launched, id), { timeout: 60_000 }).toBe('PAID');

    expect(Object.values(await chargesIn(folder.path))).toEqual([1, 1, 1]);
  },
);
