import { isId } from '../kit/ids.ts';
import { type Money, minorUnitsOf } from '../kit/money.ts';
import { done, NOT_SIGNED_IN, type Outcome, problem, refused } from '../kit/outcomes.ts';
import { checkLine } from '../kit/texts.ts';
import type { OrderErrorCode } from './errors.ts';
import { leftOf, MAX_REFUNDS, type Shipment } from './shipments.ts';

/** What becomes of a shipment. */
export type ShipmentChange =
  | { readonly kind: 'ship'; readonly trackingCode: string | null }
  | { readonly kind: 'receive' }
  /** The money goes back, the items to the catalogue; `relist`: to be offered again. */
  | { readonly kind: 'cancel'; readonly relist: boolean }
  | { readonly kind: 'refund'; readonly amount: bigint; readonly idempotencyKey: string };

/** What a change comes to; null where it is so already. Decided while the order is locked. */
export type Decide = (shipment: Shipment) => Outcome<ShipmentChange | null, OrderErrorCode>;

/** Which shipments are meant: one, or all of an order. */
export type Meant = { readonly shipmentId: string } | { readonly orderId: string };

export interface ShipmentChanger {
  /**
   * Locks the order, decides on each of the shipments that are meant, and writes all or nothing.
   *
   * @returns the shipments afterwards; none where there is nothing of the kind
   */
  readonly changeShipments: (
    meant: Meant,
    decide: Decide,
  ) => Promise<Outcome<readonly Shipment[], OrderErrorCode>>;
}

/** Who asks. */
export interface Actor {
  /** Null for a guest. */
  readonly viewerId: string | null;
  readonly isAdmin: boolean;
}

type ShipmentOutcome = Outcome<Shipment, OrderErrorCode>;

const NO_SHIPMENT = refused(
  problem('NOT_FOUND', ['input', 'shipmentId'], 'You have no such shipment.'),
);
const NO_ORDER = refused(problem('NOT_FOUND', ['input', 'orderId'], 'You have no such order.'));

const notNow = (message: string) => refused(problem('NOT_NOW', null, message));

const NOT_CONFIRMED = notNow('The order is not confirmed yet; try again in a moment.');

const changeOne = async (
  store: ShipmentChanger,
  { viewerId }: Actor,
  shipmentId: string,
  decide: Decide,
): Promise<ShipmentOutcome> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  if (!isId('shipment', shipmentId)) return NO_SHIPMENT;
  const outcome = await store.changeShipments({ shipmentId }, decide);
  if (!outcome.done) return outcome;
  const [shipment] = outcome.result;
  return shipment === undefined ? NO_SHIPMENT : done(shipment);
};

/** Cancels all of an order, by its buyer; gives its shipments. */
export const cancelOrder = async (
  store: ShipmentChanger,
  { viewerId }: Actor,
  orderId: string,
): Promise<Outcome<readonly Shipment[], OrderErrorCode>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  if (!isId('order', orderId)) return NO_ORDER;
  const outcome = await store.changeShipments({ orderId }, (shipment) =>
    shipment.buyerId === viewerId ? cancellation(shipment, true) : NO_ORDER,
  );
  return outcome.done && outcome.result.length === 0 ? NO_ORDER : outcome;
};

/** Cancels a shipment, by its seller: who cannot send an item does not offer it again either. */
export const cancelShipment = (
  store: ShipmentChanger,
  actor: Actor,
  shipmentId: string,
): Promise<ShipmentOutcome> =>
  changeOne(store, actor, shipmentId, (shipment) =>
    shipment.sellerId === actor.viewerId ? cancellation(shipment, false) : NO_SHIPMENT,
  );

const cancellation = ({ state }: Shipment, relist: boolean): ReturnType<Decide> => {
  switch (state) {
    case 'PLANNED':
      return NOT_CONFIRMED;
    case 'OPEN':
      return done({ kind: 'cancel', relist });
    case 'CANCELLED':
      return done(null);
    case 'SHIPPED':
    case 'RECEIVED':
      return notNow('It is on its way already.');
  }
};

/** Says that a shipment is on its way, by its seller. */
export const markShipped = async (
  store: ShipmentChanger,
  actor: Actor,
  shipmentId: string,
  trackingCode: string | null,
): Promise<ShipmentOutcome> => {
  const field = ['input', 'trackingCode'];
  const wrong = trackingCode === null ? [] : checkLine(trackingCode, [1, 100], field, 'A code');
  if (wrong.length > 0) return refused(wrong);
  return changeOne(store, actor, shipmentId, (shipment) => {
    if (shipment.sellerId !== actor.viewerId) return NO_SHIPMENT;
    switch (shipment.state) {
      case 'PLANNED':
        return NOT_CONFIRMED;
      case 'OPEN':
        return done({ kind: 'ship', trackingCode });
      case 'SHIPPED':
        return shipment.trackingCode === trackingCode
          ? done(null)
          : notNow('It is on its way under another code.');
      case 'RECEIVED':
        return notNow('It has arrived already.');
      case 'CANCELLED':
        return notNow('It was cancelled.');
    }
  });
};

/** Says that a shipment has arrived, by its buyer. */
export const markReceived = (
  store: ShipmentChanger,
  actor: Actor,
  shipmentId: string,
): Promise<ShipmentOutcome> =>
  changeOne(store, actor, shipmentId, ({ buyerId, state }) => {
    if (buyerId !== actor.viewerId) return NO_SHIPMENT;
    switch (state) {
      case 'PLANNED':
      case 'OPEN':
        return notNow('It was not sent yet.');
      case 'SHIPPED':
        return done({ kind: 'receive' });
      case 'RECEIVED':
        return done(null);
      case 'CANCELLED':
        return notNow('It was cancelled.');
    }
  });

export interface RefundRequest {
  readonly shipmentId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
}

/** Gives back some or all of what was paid for a shipment, by its seller or an administrator. */
export const refundShipment = async (
  store: ShipmentChanger,
  actor: Actor,
  { shipmentId, amount: money, idempotencyKey }: RefundRequest,
): Promise<ShipmentOutcome> => {
  const field = ['input', 'idempotencyKey'];
  const wrong = checkLine(idempotencyKey, [8, 100], field, 'A key');
  if (wrong.length > 0) return refused(wrong);
  const amount = minorUnitsOf(money.amount) ?? 0n;
  if (amount <= 0n) {
    const message = 'An amount is above zero and has at most two decimals: 19.90.';
    return refused(problem('INVALID', ['input', 'amount', 'amount'], message));
  }
  return changeOne(store, actor, shipmentId, (shipment) => {
    if (shipment.sellerId !== actor.viewerId && !actor.isAdmin) return NO_SHIPMENT;
    if (shipment.currencyCode !== money.currencyCode) {
      const message = `It was paid in ${shipment.currencyCode}.`;
      return refused(problem('INVALID', ['input', 'amount', 'currencyCode'], message));
    }
    return refunding(shipment, amount, idempotencyKey);
  });
};

const refunding = (
  shipment: Shipment,
  amount: bigint,
  idempotencyKey: string,
): ReturnType<Decide> => {
  const before = shipment.refunds.find((each) => each.idempotencyKey === idempotencyKey);
  if (before !== undefined) {
    if (before.amount === amount) return done(null);
    const message = 'Another refund was asked for under that key; take a new one for every refund.';
    return refused(problem('IDEMPOTENCY_KEY_REUSED', ['input', 'idempotencyKey'], message));
  }
  if (shipment.state === 'PLANNED') return NOT_CONFIRMED;
  if (amount > leftOf(shipment)) {
    const message = 'That is more than was paid for it and not given back yet.';
    return refused(problem('AMOUNT_TOO_HIGH', ['input', 'amount', 'amount'], message));
  }
  if (shipment.refunds.length >= MAX_REFUNDS) {
    return notNow(`A shipment has at most ${MAX_REFUNDS} refunds.`);
  }
  return done({ kind: 'refund', amount, idempotencyKey });
};
