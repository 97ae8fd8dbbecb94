import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { HoldItemsDocument } from '../../generated/operations/cart/graphql.ts';
import { createRouterClient } from '../../subgraphs/kit/router-client.ts';
import { type Data, postGraphql } from '../kit/http.ts';
import { TEST_SECRET } from '../kit/secret.ts';
import { temporaryFolder } from './folders.ts';
import { type Launched, launch } from './launched.ts';

/** Debian's `faketime`: a library that tells the programs it is loaded into another time. */
const FAKETIME = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file));

const HOUR_MS = 3_600_000;

const AN_HOUR_ON = {
  LD_PRELOAD: FAKETIME ?? '',
  FAKETIME: '+1h',
  // Time-outs and pauses are measured by another clock, which goes on as it does.
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
  // PostgreSQL is another user's, who could not open what the library shares between processes.
  FAKETIME_DISABLE_SHM: '1',
};

const settings = { SIGNING_SECRET: TEST_SECRET };

const ask = async (
  { port }: Launched,
  query: string,
  variables: Data = {},
  token?: string,
): Promise<{ readonly status: number; readonly data: Data; readonly errors?: unknown }> =>
  postGraphql(
    `http://127.0.0.1:${port}/graphql`,
    JSON.stringify({ query, variables }),
    token === undefined ? {} : { authorization: `Bearer ${token}` },
  );

/** What the embedded PostgreSQL of a data folder says. */
const look = async (folder: string, database: string, sql: string): Promise<Data[]> => {
  const file = path.join(folder, 'database.json');
  const { port, superuser } = JSON.parse(readFileSync(file, 'utf8'));
  const client = new pg.Client({
    connectionString: `postgresql://postgres:${superuser}@127.0.0.1:${port}/${database}`,
  });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const CREDENTIALS = 'credentials { accessToken refreshToken } userErrors { code }';
const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { user { id } ${CREDENTIALS} } }`;
const REFRESH = `mutation ($token: String!) {
  refreshSession(input: { refreshToken: $token }) { ${CREDENTIALS} } }`;
const ADD_ADDRESS =
  'mutation ($input: AddressInput!) { addAddress(input: $input) { address { id } } }';
const FOR_SALE = `{ products(first: 100) { nodes {
  id availability price { amount currencyCode } } } }`;
const CHECKOUT = `mutation ($input: CheckoutInput!) {
  checkout(input: $input) { order { id status isPending } userErrors { code } } }`;
const ORDER = 'query ($id: ID!) { order(id: $id) { status isPending paidAt } }';
const ITEM = 'query ($id: ID!) { product(id: $id) { availability } }';

const stop = async (market: Launched): Promise<void> => {
  market.process.kill('SIGTERM');
  expect(await market.ended()).toBe(0);
};

/** Lets everything die at once. */
const cutPower = (market: Launched): PromiseLike<void> => market[Symbol.asyncDispose]();

test.skipIf(FAKETIME === undefined)(
  'an hour later tokens are old, holds are gone and nothing is charged; and back again',
  {
    timeout: 300_000,
  },
  async () => {
    using folder = temporaryFolder();
    const first = await launch(folder.path, { seed: 'auto', settings });
    await using _first = first;
    await first.ready();

    const { data: signedUp } = await ask(first, SIGN_UP, {
      input: {
        email: 'olwen@example.test',
        password: 'the long password of olwen',
        handle: 'olwen',
        displayName: 'Olwen',
      },
    });
    const { user, credentials: old } = signedUp.signUp;
    const address = {
      recipient: 'Olwen',
      lines: ['A street 1'],
      city: 'A town',
      countryCode: 'FR',
    };
    await ask(first, ADD_ADDRESS, { input: address }, old.accessToken);
    const { data: shop } = await ask(first, FOR_SALE);
    const [held, wanted] = shop.products.nodes.filter(
      (each: Data) => each.availability === 'AVAILABLE',
    );

    const cart = createRouterClient('cart', {
      routerUrl: `http://127.0.0.1:${first.port}`,
      signingSecret: TEST_SECRET,
    });
    const { holdItems } = await cart.ask(HoldItemsDocument, {
      input: {
        orderId: 'order_01kb0000000000000000000000',
        buyerId: user.id,
        items: [{ productId: held.id, quantity: 1, expectedPrice: held.price }],
      },
    });
    await cart.close();
    expect(holdItems?.problems).toEqual([]);
    expect((await ask(first, ITEM, { id: held.id })).data.product.availability).toBe('RESERVED');

    // The catalogue stands still, so that the order cannot go on; then everything ends.
    const catalogue = first
      .servants()
      .filter(({ command }) => command.includes('subgraphs/catalog'));
    for (const { pid } of catalogue) process.kill(pid, 'SIGSTOP');
    const { data: bought } = await ask(
      first,
      CHECKOUT,
      {
        input: {
          idempotencyKey: 'what olwen wants',
          paymentMethod: 'card_approved',
          items: [{ productId: wanted.id, quantity: 1, expectedPrice: wanted.price }],
        },
      },
      old.accessToken,
    );
    const { order } = bought.checkout;
    expect(order).toMatchObject({ status: 'PENDING', isPending: true });
    await cutPower(first);

    // On the same port, which is part of the issuer's name: nothing but time makes tokens bad.
    const { port } = first;
    const later = await launch(folder.path, { port, settings: { ...settings, ...AN_HOUR_ON } });
    await using _later = later;
    await later.ready();
    const [clock] = await look(folder.path, 'catalog', 'SELECT now()');
    expect(clock?.now.getTime()).toBeGreaterThan(Date.now() + HOUR_MS / 2);

    expect((await ask(later, '{ me { id } }', {}, old.accessToken)).status).toBe(401);
    const { data: again } = await ask(later, REFRESH, { token: old.refreshToken });
    const { credentials: fresh } = again.refreshSession;
    const me = await ask(later, '{ me { id } }', {}, fresh.accessToken);
    expect(me.data.me.id).toBe(user.id);

    const orderNow = async () =>
      (await ask(later, ORDER, { id: order.id }, fresh.accessToken)).data;
    await vi.waitFor(
      async () =>
        expect((await orderNow()).order).toEqual({
          status: 'EXPIRED',
          isPending: false,
          paidAt: null,
        }),
      { timeout: 60_000, interval: 250 },
    );
    await vi.waitFor(
      async () => {
        for (const { id } of [held, wanted])
          expect((await ask(later, ITEM, { id })).data.product.availability).toBe('AVAILABLE');
      },
      { timeout: 60_000, interval: 250 },
    );
    expect(await look(folder.path, 'payments', 'SELECT * FROM charges')).toEqual([]);
    await stop(later);

    const back = await launch(folder.path, { port, settings });
    await using _back = back;
    await back.ready();
    // A token says when it ends, not when it begins: who got one while the clock was wrong stays signed in.
    const early = await ask(back, '{ me { id } }', {}, fresh.accessToken);
    expect(early.data.me.id).toBe(user.id);
    const { data: once } = await ask(back, REFRESH, { token: fresh.refreshToken });
    const now = once.refreshSession.credentials.accessToken;
    expect((await ask(back, '{ me { id } }', {}, now)).data.me.id).toBe(user.id);
    expect((await ask(back, ORDER, { id: order.id }, now)).data.order.status).toBe('EXPIRED');
    await stop(back);
  },
);
