import { GUEST, type Viewer } from '../../contract/viewer.ts';
import type { DeliveryAddress } from '../../subgraphs/cart/addresses.ts';
import { cartWith } from '../../subgraphs/cart/server.ts';
import { withCleanup } from '../kit/cleanup.ts';
import type { Data } from '../kit/http.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import {
  type CatalogueDouble,
  createCatalogueDouble,
  createFaults,
  createProviderDouble,
  type Faults,
  type ProviderDouble,
} from './doubles.ts';
import { ADDRESS } from './ordering.ts';

/** The cart's service, beside a catalogue and a provider that fail when they are told to. */
export interface Shop extends TestSubgraph {
  readonly catalogue: CatalogueDouble;
  readonly provider: ProviderDouble;
  readonly faults: Faults;
  /** By user; who is not here has no address. */
  readonly addresses: Map<string, DeliveryAddress>;
}

export const person = (id: string, scopes: readonly string[] = ['buyer']): Viewer => ({
  kind: 'user',
  id,
  scopes,
  sessionId: null,
});

export const BUYER = person('user_b');
export const SELLER = person('user_s');
export const ADMIN = person('user_x', ['admin']);

export const startShop = (): Promise<Shop> =>
  withCleanup(async ({ use }) => {
    const faults = createFaults();
    const catalogue = createCatalogueDouble(faults);
    const provider = createProviderDouble(faults);
    const addresses = new Map([['user_b', ADDRESS]]);
    const factory = cartWith(() => ({
      catalogue,
      provider,
      addresses: {
        addressFor: (userId) => faults.around('addressFor', () => addresses.get(userId) ?? null),
      },
      webhooks: null,
      close: async () => {},
    }));
    const subgraph = use(await startTestSubgraph(factory, { database: 'cart', seeded: false }));
    return { ...subgraph, catalogue, provider, faults, addresses };
  });

const MONEY = '{ amount currencyCode }';

const SHIPMENT = `id state trackingCode seller { id } address { city }
  items { product { id } title quantity price ${MONEY} } total ${MONEY} refundedTotal ${MONEY}
  refunds { id amount ${MONEY} doneAt }`;

const ORDER = `id status isPending placedAt paidAt
  items { product { id } title quantity price ${MONEY} }
  shipments { ${SHIPMENT} }
  itemsTotal ${MONEY} shippingTotal ${MONEY} total ${MONEY} refundedTotal ${MONEY}
  address { recipient lines city postalCode countryCode }
  problems { code message productId price ${MONEY} quantityAvailable }`;

const PAYLOADS = {
  checkout: `order { ${ORDER} } userErrors { code field productId price ${MONEY} quantityAvailable }`,
  cancelOrder: `order { ${ORDER} } userErrors { code field }`,
  cancelShipment: `shipment { ${SHIPMENT} } userErrors { code field }`,
  markShipped: `shipment { ${SHIPMENT} } userErrors { code field }`,
  markReceived: `shipment { ${SHIPMENT} } userErrors { code field }`,
  refundShipment: `shipment { ${SHIPMENT} } refund { id amount ${MONEY} } userErrors { code field }`,
};

/** Runs one of the mutations of orders, which answers with a payload and never with errors. */
export const act = async (
  shop: TestSubgraph,
  action: keyof typeof PAYLOADS,
  input: Readonly<Record<string, unknown>>,
  viewer: Viewer = GUEST,
): Promise<Data> => {
  const type = `${action[0]?.toUpperCase()}${action.slice(1)}Input`;
  const { data, errors } = await shop.query({
    document: `mutation Act($input: ${type}!) { result: ${action}(input: $input) { ${PAYLOADS[action]} } }`,
    variables: { input },
    viewer,
  });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.result;
};

export const codes = (payload: Data): string[] =>
  payload.userErrors.map(({ code }: { code: string }) => code);

export const eur = (amount: string) => ({ amount, currencyCode: 'EUR' });

export const ITEMS = [
  { productId: 'product_a', quantity: 2, expectedPrice: eur('10.00') },
  { productId: 'product_c', quantity: 1, expectedPrice: eur('3.00') },
];

/** Buys two of product_a (of user_s) and one of product_c (of user_t), 36.30 in all. */
export const buy = (
  shop: TestSubgraph,
  input: Readonly<Record<string, unknown>> = {},
  viewer: Viewer = BUYER,
): Promise<Data> =>
  act(
    shop,
    'checkout',
    { idempotencyKey: 'checkout 1', paymentMethod: 'card_approved', items: ITEMS, ...input },
    viewer,
  );

/** An order as that viewer sees it. */
export const orderOf = async (
  shop: TestSubgraph,
  id: string,
  viewer: Viewer = BUYER,
): Promise<Data> => {
  const { data, errors } = await shop.query({
    document: `query Look($id: ID!) { order(id: $id) { ${ORDER} } }`,
    variables: { id },
    viewer,
  });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.order;
};

/** A page of a list of the viewer's. */
export const page = async (
  shop: TestSubgraph,
  field: 'myOrders' | 'mySales',
  args: string,
  viewer: Viewer,
): Promise<Data> => {
  const { data, errors } = await shop.query({
    document: `{ ${field}(${args}) { nodes { ${field === 'myOrders' ? ORDER : SHIPMENT} }
      edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    viewer,
  });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data[field];
};
