import sharp from 'sharp';
import { request } from 'undici';
import { expect, vi } from 'vitest';
import type { Viewer } from '../../../contract/viewer.ts';
import type { Data } from '../../kit/http.ts';
import type { TestSupergraph } from '../../kit/supergraph.ts';
import { type Asker, bearer, get, guest, type Variables } from './asking.ts';
import { rootFields } from './schema.ts';
import { operation } from './selection.ts';

/** Someone who signed up as everyone does. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly handle: string;
  readonly password: string;
  readonly token: string;
  readonly asks: Asker;
  /** As the router tells subgraphs. */
  readonly viewer: Viewer;
  readonly addressId: string;
}

/** What is the owner's; by ids where it is not said otherwise. */
export interface Belongings {
  readonly owner: Person;
  readonly stranger: Person;
  readonly draft: string;
  /** Shown by nothing but the draft. */
  readonly picture: string;
  /** Begun, and nothing was sent. */
  readonly upload: string;
  readonly item: string;
  readonly cart: { readonly id: string; readonly revision: number; readonly lineId: string };
  /** Of a cart that the owner began as a guest: who knows it may do everything with that cart. */
  readonly guestToken: string;
  readonly sessionId: string;
  /** What the owner bought, and its shipment by somebody else. */
  readonly order: string;
  readonly orderKey: string;
  readonly orderShipment: string;
  /** What the stranger bought of the owner. */
  readonly sale: string;
  /** Texts that stand in nothing that others may see. */
  readonly secrets: readonly string[];
}

const USER_ERRORS = 'userErrors { code message }';

/** Acts, and gives what the mutation `name` gives. */
const act = async (
  market: TestSupergraph,
  asker: Asker,
  call: string,
  selection: string,
  variables: Variables = {},
): Promise<Data> => {
  const { field } = rootFields('Mutation')[call] ?? {};
  if (field === undefined) throw new Error(`there is no ${call}`);
  const query = operation('mutation', field, variables, `${selection} ${USER_ERRORS}`);
  const { [call]: done } = await get(market, asker, query, variables);
  if (done.userErrors.length > 0) throw new Error(`${call}: ${JSON.stringify(done.userErrors)}`);
  return done;
};

const signUp = async (market: TestSupergraph, name: string): Promise<Person> => {
  const account = {
    email: `${name}@example.test`,
    password: `the long password of ${name}`,
    handle: `${name}-sells`,
  };
  const { user, credentials } = await act(
    market,
    guest,
    'signUp',
    'user { id } credentials { accessToken }',
    { input: { ...account, displayName: `The ${name}`, device: `the device of ${name}` } },
  );
  const asks = bearer(credentials.accessToken);
  const { address } = await act(market, asks, 'addAddress', 'address { id }', {
    input: {
      recipient: `Recipient ${name}`,
      lines: [`${name} street 1`],
      city: `${name} town`,
      postalCode: `P-${name}`,
      countryCode: 'FR',
    },
  });
  return {
    ...account,
    id: user.id,
    token: credentials.accessToken,
    asks,
    viewer: { kind: 'user', id: user.id, scopes: ['buyer', 'seller'], sessionId: null },
    addressId: address.id,
  };
};

/** Sends a picture; gives its id. */
const uploadPicture = async (market: TestSupergraph, { asks }: Person): Promise<string> => {
  const background = { r: 20, g: 90, b: 160 };
  const file = await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .png()
    .toBuffer();
  const upload = await beginUpload(market, asks, file.length);
  const { pathname } = new URL(upload.url);
  const sent = await request(`${market.url}${pathname}`, { method: 'PUT', body: file });
  await sent.body.dump();
  const { media } = await act(market, asks, 'completeUpload', 'media { id }', {
    input: { uploadId: upload.id },
  });
  return media.id;
};

const beginUpload = async (market: TestSupergraph, asker: Asker, bytes: number): Promise<Data> => {
  const input = { kind: 'IMAGE', bytes, alt: 'What nobody knows of yet' };
  return (await act(market, asker, 'beginUpload', 'upload { id url }', { input })).upload;
};

interface Offer {
  readonly id: string;
  readonly price: { readonly amount: string; readonly currencyCode: string };
  readonly sellerId: string;
}

/** Two single items of people of the seed. */
const offersOfOthers = async (
  market: TestSupergraph,
  { id: own, asks }: Person,
): Promise<readonly [Offer, Offer]> => {
  const { products } = await get(
    market,
    asks,
    `{ products(first: 100) { nodes {
      id availability price { amount currencyCode } seller { id } } } }`,
  );
  const [bought, wanted] = products.nodes
    .filter(({ availability, seller }: Data) => availability === 'AVAILABLE' && seller.id !== own)
    .map(({ id, price, seller }: Data) => ({ id, price, sellerId: seller.id }));
  return [bought, wanted];
};

const list = async (market: TestSupergraph, { asks }: Person, title: string): Promise<Offer> => {
  const { categories } = await get(
    market,
    guest,
    '{ categories { children { slug children { slug } } } }',
  );
  const leaf = categories
    .flatMap((each: Data) => each.children)
    .find((each: Data) => each.children.length === 0);
  const { product } = await act(
    market,
    asks,
    'listProduct',
    'product { id price { amount currencyCode } seller { id } }',
    {
      input: {
        title,
        description: 'As it is.',
        condition: 'GOOD',
        brand: 'Zweihander',
        price: { amount: '25.00', currencyCode: 'EUR' },
        categorySlug: leaf.slug,
        attributes: [{ name: 'Size', value: 'M' }],
      },
    },
  );
  return { id: product.id, price: product.price, sellerId: product.seller.id };
};

/** Buys, and waits until it is paid. */
const buy = async (
  market: TestSupergraph,
  { asks }: Person,
  offer: Offer,
  idempotencyKey: string,
): Promise<{ readonly orderId: string; readonly shipmentId: string }> => {
  const items = [{ productId: offer.id, quantity: 1, expectedPrice: offer.price }];
  const { order } = await act(market, asks, 'checkout', 'order { id }', {
    input: { idempotencyKey, paymentMethod: 'card_approved', items },
  });
  const query = 'query Look($id: ID!) { order(id: $id) { status shipments { id } } }';
  const look = async () => (await get(market, asks, query, { id: order.id })).order;
  await vi.waitFor(async () => expect((await look()).status).toBe('PAID'), { timeout: 30_000 });
  return { orderId: order.id, shipmentId: (await look()).shipments[0].id };
};

/** Sends something, lets it arrive, and gives a part of the money back. */
const deliver = async (
  market: TestSupergraph,
  shipmentId: string,
  buyer: Asker,
  seller: Asker,
  { price }: Offer,
): Promise<void> => {
  await act(market, seller, 'markShipped', 'shipment { id }', {
    input: { shipmentId, trackingCode: `tracking of ${shipmentId}` },
  });
  await act(market, buyer, 'markReceived', 'shipment { id }', { input: { shipmentId } });
  await act(market, seller, 'refundShipment', 'refund { id }', {
    input: {
      shipmentId,
      amount: { ...price, amount: '1.00' },
      idempotencyKey: `refund of ${shipmentId}`,
    },
  });
  const query = '{ mySales(first: 100) { nodes { id refunds { doneAt } } } }';
  const refunds = async () => {
    const { mySales } = await get(market, seller, query);
    return mySales.nodes.find(({ id }: Data) => id === shipmentId).refunds;
  };
  await vi.waitFor(async () => expect(await refunds()).toEqual([{ doneAt: expect.any(String) }]), {
    timeout: 30_000,
  });
};

/** Lets one person have one of everything that people have, and another who has nothing to do with it. */
export const settle = async (market: TestSupergraph): Promise<Belongings> => {
  const owner = await signUp(market, 'olwen');
  const stranger = await signUp(market, 'basil');
  const does = (call: string, selection: string, input: Variables): Promise<Data> =>
    act(market, owner.asks, call, selection, { input });

  await does('updateProfile', 'user { id }', {
    sellerProfile: { biography: 'Sells what is left.', location: 'Lyon, France', dispatchDays: 3 },
  });
  await does('changePreferences', 'preferences { language }', { language: 'cy' });
  const picture = await uploadPicture(market, owner);
  const upload = await beginUpload(market, owner.asks, 1_000);
  const { product: draft } = await does('draftProduct', 'product { id }', {
    mediaIds: [picture],
    title: 'Zweihander that nobody knows of yet',
    description: 'Still being written.',
    price: { amount: '33.00', currencyCode: 'EUR' },
  });
  const item = await list(market, owner, 'Zweihander lamp');
  const soldItem = await list(market, owner, 'Zweihander chair');

  const [bought, wanted] = await offersOfOthers(market, owner);
  const { cart, line } = await does('addToCart', 'cart { id revision } line { id }', {
    productId: wanted.id,
    priceSeen: wanted.price,
  });
  const { token } = await act(market, guest, 'createGuestCart', 'token');
  await act(market, guest, 'addToCart', 'cart { id }', {
    input: { token, productId: wanted.id, priceSeen: { ...wanted.price, amount: '1.00' } },
  });

  const orderKey = 'what olwen bought';
  const order = await buy(market, owner, bought, orderKey);
  const seller: Asker = () => ({ 'emporium-development-user': bought.sellerId });
  await deliver(market, order.shipmentId, owner.asks, seller, bought);
  const sale = await buy(market, stranger, soldItem, 'what basil bought');
  await deliver(market, sale.shipmentId, stranger.asks, owner.asks, soldItem);

  const { me } = await get(market, owner.asks, '{ me { sessions { id } } }');
  const sessionId = me.sessions[0].id;
  return {
    owner,
    stranger,
    draft: draft.id,
    picture,
    upload: upload.id,
    item: item.id,
    cart: { ...cart, lineId: line.id },
    guestToken: token,
    sessionId,
    order: order.orderId,
    orderKey,
    orderShipment: order.shipmentId,
    sale: sale.shipmentId,
    secrets: [
      owner.email,
      owner.addressId,
      'olwen street',
      'olwen town',
      'Recipient olwen',
      'the device of olwen',
      draft.id,
      picture,
      upload.id,
      'nobody knows of',
      cart.id,
      line.id,
      sessionId,
      order.orderId,
      order.shipmentId,
    ],
  };
};
