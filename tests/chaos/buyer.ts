import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from 'undici';
import type { Data } from '../kit/http.ts';
import { type Goods, PRICE } from './goods.ts';
import type { Purchase, Schedule } from './schedule.ts';

/** What a buyer was told by the market: an order that exists, and how it was last said to be. */
export interface Acknowledged {
  readonly orderId: string;
  readonly status: string;
}

/** One that is always up where the market is, whatever is killed. */
interface Asking {
  readonly url: () => string;
  readonly agent: Agent;
  /** When buyers give up, in the terms of Date.now(). */
  readonly deadline: number;
  /** Hears how a request ended, in a word or two. */
  readonly hear: (how: string) => void;
}

const CHECKOUT = `mutation ($input: CheckoutInput!) {
  checkout(input: $input) { order { id status isPending } userErrors { code } }
}`;
const ORDER =
  'query ($id: ID!) { order(id: $id) { id status isPending shipments { id total { amount } seller { id } } } }';
const CANCEL = `mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { userErrors { code } } }`;
const REFUND = `mutation ($input: RefundShipmentInput!) { refundShipment(input: $input) { userErrors { code } } }`;

/** Sends it once; null where no whole answer came. */
const send = async (
  { url, agent, hear }: Asking,
  user: string,
  query: string,
  variables: Data,
  signal: AbortSignal = AbortSignal.timeout(15_000),
): Promise<Data> => {
  try {
    const target = new URL(url());
    const { statusCode, body } = await agent.request({
      origin: target.origin,
      path: target.pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'emporium-development-user': user },
      body: JSON.stringify({ query, variables }),
      signal,
    });
    const answer: Data = await body.json();
    hear(String(answer.errors?.[0]?.extensions.code ?? statusCode));
    return statusCode === 200 && answer.errors === undefined ? answer.data : null;
  } catch (error) {
    const { name, code } = Object(error);
    hear(typeof code === 'string' ? code : name);
    return null;
  }
};

/** Asks again and again, as a client does that must know. */
const insist = async (
  asking: Asking,
  user: string,
  query: string,
  variables: Data,
  isEnough: (data: Data) => boolean,
): Promise<Data> => {
  for (;;) {
    const data = await send(asking, user, query, variables);
    if (data !== null && isEnough(data)) return data;
    if (Date.now() > asking.deadline) return null;
    await sleep(200 + Math.random() * 300);
  }
};

/** Lives through one purchase. @returns what was acknowledged, if anything was */
export const buy = async (
  asking: Asking,
  { seed }: Schedule,
  goods: Goods,
  purchase: Purchase,
): Promise<Acknowledged | null> => {
  await sleep(purchase.afterMs);
  const user = String(goods.buyers[purchase.buyer]);
  const input = {
    idempotencyKey: `key-${seed}-${purchase.buyer}`,
    paymentMethod: purchase.card,
    items: purchase.items.map((item) => ({
      productId: goods.items[item]?.id,
      quantity: 1,
      expectedPrice: PRICE,
    })),
  };
  if (purchase.leaves) {
    await send(asking, user, CHECKOUT, { input }, AbortSignal.timeout(150));
    return null;
  }
  const isKnown = ({ checkout }: Data): boolean =>
    checkout?.userErrors.every(({ code }: Data) => code !== 'TRY_LATER') === true;
  const answers = await Promise.all(
    Array.from({ length: purchase.copies }, () =>
      insist(asking, user, CHECKOUT, { input }, isKnown),
    ),
  );
  const [answer] = answers.filter((each) => each?.checkout.order != null);
  if (answer === undefined) return null;
  const { id } = answer.checkout.order;
  const settled = await insist(
    asking,
    user,
    ORDER,
    { id },
    ({ order }) => order?.isPending === false,
  );
  if (settled === null) return { orderId: id, status: 'PENDING' };
  const { status } = settled.order;
  if (status === 'PAID') await regret(asking, user, settled.order, purchase);
  return { orderId: id, status };
};

/** Some think better of it, and some sellers give money back. */
const regret = async (
  asking: Asking,
  user: string,
  order: Data,
  { afterwards, buyer }: Purchase,
): Promise<void> => {
  if (afterwards === 'cancel') {
    await insist(asking, user, CANCEL, { id: order.id }, ({ cancelOrder }) => cancelOrder !== null);
  }
  if (afterwards !== 'refund') return;
  const [shipment] = order.shipments;
  const input = {
    shipmentId: shipment.id,
    amount: { amount: '1.25', currencyCode: 'EUR' },
    idempotencyKey: `refund-${buyer}`,
  };
  await insist(
    asking,
    shipment.seller?.id ?? '',
    REFUND,
    { input },
    ({ refundShipment }) => refundShipment !== null,
  );
};
