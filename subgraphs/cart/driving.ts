import { newId } from '../kit/ids.ts';
import type { DeliveryAddress } from './addresses.ts';
import type { Catalogue, Hold, HoldProblem } from './catalogue.ts';
import type { CheckoutError } from './errors.ts';
import type { Move, ShipmentDraft } from './moves.ts';
import { itemsTotalOf, type Order, type OrderState, totalOf } from './orders.ts';
import type { PaymentProvider } from './payments/provider.ts';
import { shippingOf } from './shipping.ts';

/** What driving needs of the orders' tables. */
export interface OrderMover {
  /**
   * Takes a step in one transaction, where the order is still in the state that it was decided in.
   *
   * @returns the order as it is afterwards, whoever moved it
   */
  readonly move: (order: Order, move: Move) => Promise<Order>;
}

export interface Drivers {
  readonly orders: OrderMover;
  readonly catalogue: Catalogue;
  readonly provider: PaymentProvider;
}

/** Asks whoever has to be asked next, and says what follows. */
type Act = (drivers: Drivers, order: Order) => Promise<Move>;

/**
 * Brings an order as far as it goes. Every act is idempotent for whoever is asked, and is followed by
 * one conditional step; so it may be broken off anywhere and begun again, also by several at once.
 *
 * @param signal ends it before the next act
 * @throws where the outcome of an act is not known; the order stays where it was
 */
export const drive = async (
  drivers: Drivers,
  order: Order,
  signal: AbortSignal,
): Promise<Order> => {
  let current = order;
  while (!signal.aborted) {
    const act = ACTS[current.state];
    if (act === null) break;
    current = await drivers.orders.move(current, await act(drivers, current));
  }
  return current;
};

/** The catalogue lets go afterwards: first it must be sure that nobody pays any more. */
const EXPIRED: Move = {
  to: 'EXPIRED',
  problems: [
    {
      code: 'EXPIRED',
      field: null,
      message: 'It took too long, and the items were not kept for you any longer. Try once more.',
    },
  ],
};

/**
 * Ends an order for which the catalogue lets go first, so that the buyer finds the items on sale
 * again. Only for what every driver of the order finds in the same way: what one of them thinks too
 * late must not take the items from another that is being paid.
 */
const lettingGo = async (
  { catalogue }: Drivers,
  { id }: Order,
  end: 'FAILED' | 'REFUNDED',
  problems: readonly CheckoutError[],
): Promise<Move> => {
  await catalogue.release(id);
  return { to: end, problems };
};

const hold: Act = async (drivers, order) => {
  if (order.isOverdue) return EXPIRED;
  const { id, buyerId, currencyCode, items, address } = order;
  const wanted = items.map(({ productId, quantity, price }) => ({
    productId,
    quantity,
    expectedPrice: { minorUnits: price, currencyCode },
  }));
  const held = await drivers.catalogue.hold(id, buyerId, wanted);
  if (held.kind === 'refused') return { to: 'FAILED', problems: held.problems.map(checkoutError) };
  if (held.holds.length !== items.length) throw new Error('the catalogue held other items');
  if (address === null) throw new Error('an address is forgotten only when its order is at an end');

  const shipments = shipmentsOf(order, held.holds, address);
  const shippingTotal = shipments.reduce((sum, each) => sum + each.shippingTotal, 0n);
  const total = order.itemsTotal + shippingTotal;
  if (order.expectedTotal !== null && order.expectedTotal !== total) {
    return lettingGo(drivers, order, 'FAILED', [totalChanged(order, total)]);
  }
  return { to: 'HELD', shippingTotal, shipments };
};

const beginPayment: Act = async ({ catalogue }, order) => {
  if (order.isOverdue) return EXPIRED;
  const problems = await catalogue.beginPayment(order.id, fencesOf(order));
  return problems.length === 0 ? { to: 'PAYING' } : EXPIRED;
};

const charge: Act = async (drivers, order) => {
  const { provider } = drivers;
  const minorUnits = totalOf(order);
  if (minorUnits === null) throw new Error('an order without a total is never paid');
  const request = {
    orderId: order.id,
    amount: { minorUnits, currencyCode: order.currencyCode },
    method: order.paymentMethod,
    idempotencyKey: order.id,
  };
  // Providers forget keys after a while: what was tried before is looked up first.
  const before = order.attempts > 0 ? await provider.find(order.id) : null;
  const charged = before ?? (await provider.charge(request));
  if (charged.outcome === 'approved') return { to: 'PAID', paymentId: charged.paymentId };
  return lettingGo(drivers, order, 'FAILED', [declined(charged.reason)]);
};

const sell: Act = async (drivers, order) => {
  const problems = await drivers.catalogue.sell(order.id, fencesOf(order));
  if (problems.length === 0) return { to: 'SOLD' };
  return lettingGo(drivers, order, 'REFUNDED', problems.map(checkoutError));
};

/** What is to be done in each state; null where nothing is. */
const ACTS: Readonly<Record<OrderState, Act | null>> = {
  PENDING: hold,
  HELD: beginPayment,
  PAYING: charge,
  PAID: sell,
  SOLD: null,
  FAILED: null,
  EXPIRED: null,
  CANCELLED: null,
  REFUNDED: null,
};

/** One shipment for each seller. */
const shipmentsOf = (
  { items }: Order,
  holds: readonly Hold[],
  { countryCode }: DeliveryAddress,
): readonly ShipmentDraft[] =>
  [...new Set(holds.map(({ sellerId }) => sellerId))].map((sellerId) => {
    const theirs = holds.filter((each) => each.sellerId === sellerId);
    const ids = new Set(theirs.map(({ productId }) => productId));
    const sold = items.filter(({ productId }) => ids.has(productId));
    const pieces = sold.reduce((sum, { quantity }) => sum + quantity, 0);
    return {
      id: newId('shipment'),
      sellerId,
      itemsTotal: itemsTotalOf(sold),
      shippingTotal: shippingOf(countryCode, pieces),
      items: theirs,
    };
  });

/** What the catalogue gave when it held the items. */
const fencesOf = ({ items }: Order) =>
  items.map(({ productId, fence }) => ({ productId, fence: fence ?? '' }));

const declined = (reason: string): CheckoutError => ({
  code: 'PAYMENT_DECLINED',
  field: ['input', 'paymentMethod'],
  message: `${reason} Nothing was charged.`,
});

const totalChanged = ({ currencyCode }: Order, minorUnits: bigint): CheckoutError => ({
  code: 'PRICE_CHANGED',
  field: ['input', 'expectedTotal'],
  message: 'With shipping it comes to another total than you saw.',
  price: { minorUnits, currencyCode },
});

/** A problem of the catalogue's in the words of a checkout. */
const checkoutError = ({ code, ...rest }: HoldProblem): CheckoutError => ({
  ...rest,
  field: null,
  code: code === 'HOLD_ENDED' ? 'EXPIRED' : code,
});
