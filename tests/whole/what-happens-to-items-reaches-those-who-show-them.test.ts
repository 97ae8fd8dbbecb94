import sharp from 'sharp';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Data } from '../kit/http.ts';
import { startSupergraph, type TestSupergraph } from '../kit/supergraph.ts';

let market: TestSupergraph;
beforeAll(async () => {
  market = await startSupergraph();
}, 60_000);
afterAll(() => market[Symbol.asyncDispose]());

const SELLER = 'user_3';
const BUYER = 'user_9';

const as = async (
  user: string | undefined,
  document: string,
  variables: Data = {},
): Promise<Data> => {
  const who = user === undefined ? {} : { user };
  const { data, errors } = await market.query(document, { variables, ...who });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};

/** What others show follows what happened, by the outbox and in the end. */
const eventually = (look: () => Promise<void>): Promise<void> =>
  vi.waitFor(look, { timeout: 30_000, interval: 100 });

const upload = async (alt: string): Promise<string> => {
  const colour = { r: 200, g: 30, b: 30 };
  const size = { width: 400, height: 300, channels: 3 as const, background: colour };
  const file = await sharp({ create: size }).jpeg().toBuffer();
  const { beginUpload } = await as(
    SELLER,
    `mutation ($input: BeginUploadInput!) {
      beginUpload(input: $input) { upload { id url } userErrors { code message } } }`,
    { input: { kind: 'IMAGE', bytes: file.length, alt } },
  );
  expect(beginUpload.userErrors).toEqual([]);
  const { id, url } = beginUpload.upload;
  const sent = await request(`${market.url}${new URL(url).pathname}`, {
    method: 'PUT',
    body: file,
  });
  expect(sent.statusCode).toBeLessThan(300);
  await sent.body.dump();
  const { completeUpload } = await as(
    SELLER,
    'mutation ($id: ID!) { completeUpload(input: { uploadId: $id }) { media { id } userErrors { code message } } }',
    { id },
  );
  expect(completeUpload.userErrors).toEqual([]);
  return completeUpload.media.id;
};

const SHOWN = 'query ($id: ID!) { product(id: $id) { media { id alt } } }';

test('a picture that a seller uploaded is shown with the item as soon as it is public, and not before', async () => {
  const mediaId = await upload('A red lamp');
  const { draftProduct } = await as(
    SELLER,
    `mutation ($input: DraftProductInput!) {
      draftProduct(input: $input) { product { id } userErrors { code message } } }`,
    {
      input: {
        title: 'Red lamp',
        description: 'Red.',
        condition: 'GOOD',
        price: { amount: '25.00', currencyCode: 'EUR' },
        categorySlug: 'lenses',
        mediaIds: [mediaId],
      },
    },
  );
  expect(draftProduct.userErrors).toEqual([]);
  const { id } = draftProduct.product;
  const LOOK = 'query ($id: ID!) { media(id: $id) { id } }';
  const seen = async (user?: string) => (await as(user, SHOWN, { id })).product?.media ?? null;
  await eventually(async () =>
    expect(await seen(SELLER)).toEqual([{ id: mediaId, alt: 'A red lamp' }]),
  );
  expect(await seen()).toBeNull();
  expect((await as(undefined, LOOK, { id: mediaId })).media).toBeNull();

  await as(SELLER, 'mutation ($id: ID!) { publishProduct(id: $id) { userErrors { code } } }', {
    id,
  });
  await eventually(async () =>
    expect((await as(undefined, LOOK, { id: mediaId })).media).toEqual({ id: mediaId }),
  );
  expect(await seen()).toEqual([{ id: mediaId, alt: 'A red lamp' }]);
});

const POPULAR = `{ trending(first: 50) { product {
  id availability quantityAvailable price { amount currencyCode } seller { id }
  related(first: 50) { product { id } reason { code } } } } }`;

const isBoughtWith = (related: Data[]): boolean =>
  related.some(({ reason }) => reason.code === 'BOUGHT_TOGETHER');

const FOR_ME = `{ recommendations(first: 50) {
  product { id } reason { code because { id } } } }`;

test('who bought an item gets what goes with it, and the item is nowhere recommended any more', async () => {
  const { trending: popular } = await as(BUYER, POPULAR);
  const bought = popular
    .map(({ product }: Data) => product)
    .find(
      ({ quantityAvailable, seller, related }: Data) =>
        quantityAvailable === 1 && seller.id !== BUYER && isBoughtWith(related),
    );
  const becauseOf = async (): Promise<Data[]> => {
    const { recommendations } = await as(BUYER, FOR_ME);
    return recommendations.filter(({ reason }: Data) => reason.because?.id === bought.id);
  };
  expect(await becauseOf()).toEqual([]);

  const { checkout } = await as(
    BUYER,
    'mutation ($input: CheckoutInput!) { checkout(input: $input) { userErrors { code message } } }',
    {
      input: {
        idempotencyKey: 'what goes with it',
        paymentMethod: 'card_approved',
        items: [{ productId: bought.id, quantity: 1, expectedPrice: bought.price }],
      },
    },
  );
  expect(checkout.userErrors).toEqual([]);

  await eventually(async () => expect(await becauseOf()).not.toEqual([]));
  expect((await becauseOf()).map(({ reason }) => reason.code)).toContain('BECAUSE_YOU_BOUGHT');
  const { product, trending } = await as(
    undefined,
    `query ($id: ID!) {
      product(id: $id) { related(first: 50) { product { id related(first: 50) { product { id } } } } }
      trending(first: 50) { product { id } } }`,
    { id: bought.id },
  );
  const beside = product.related.flatMap((each: Data) => each.product.related);
  const shown = [...beside, ...trending].map((each: Data) => each.product.id);
  expect(shown.length).toBeGreaterThan(50);
  expect(shown).not.toContain(bought.id);
});
