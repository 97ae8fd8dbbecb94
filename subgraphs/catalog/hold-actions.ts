import { isId } from '../kit/ids.ts';
import { type Money, minorUnitsOf } from '../kit/money.ts';
import { isBetween } from '../kit/texts.ts';
import {
  decideHold,
  decidePayment,
  decideRelease,
  decideReturn,
  decideSale,
  type Fence,
  holdProblem,
} from './hold-decisions.ts';
import type {
  HoldDecision,
  HoldItem,
  HoldOutcome,
  HoldProblem,
  HoldStore,
  Locked,
} from './holds.ts';

const MAX_ITEMS = 100;
const MAX_QUANTITY = 999;

/** What an order wants to have held, as another service writes it. */
export interface HoldRequest {
  readonly orderId: string;
  readonly buyerId: string;
  readonly items: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly expectedPrice: Money;
  }[];
}

/** What an order holds, as it was told. */
export interface HoldsRequest {
  readonly orderId: string;
  readonly fences: readonly Fence[];
}

const refused = (problems: readonly HoldProblem[]): HoldOutcome => ({ holds: null, problems });

const invalid = (message: string, productId: string | null = null): HoldProblem =>
  holdProblem('INVALID', productId, message);

const checkOrder = (orderId: string): readonly HoldProblem[] =>
  isId('order', orderId) ? [] : [invalid('An order is given by id, such as order_01h455vb.')];

const checkRequest = ({ orderId, buyerId, items }: HoldRequest): readonly HoldProblem[] => {
  const ids = new Set(items.map(({ productId }) => productId));
  return [
    ...checkOrder(orderId),
    ...(isId('user', buyerId) ? [] : [invalid('A buyer is given by id, such as user_01h455vb.')]),
    ...(isBetween(items.length, 1, MAX_ITEMS) ? [] : [invalid('An order holds 1 to 100 items.')]),
    ...(ids.size === items.length ? [] : [invalid('Name each item once, with a quantity.')]),
    ...items.flatMap(({ productId, quantity, expectedPrice }) => [
      ...(isBetween(quantity, 1, MAX_QUANTITY)
        ? []
        : [invalid(`Of an item 1 to ${MAX_QUANTITY} pieces are held.`, productId)]),
      ...(minorUnitsOf(expectedPrice.amount) === null
        ? [invalid('A price has at most two decimals: 19.90.', productId)]
        : []),
    ]),
  ];
};

/**
 * Keeps pieces of items for an order, all or none.
 *
 * @param seconds how long, unless payment begins
 */
export const holdItems = async (
  store: HoldStore,
  request: HoldRequest,
  seconds: number,
): Promise<HoldOutcome> => {
  const wrong = checkRequest(request);
  if (wrong.length > 0) return refused(wrong);
  const items = request.items.map(({ productId, quantity, expectedPrice }): HoldItem => {
    const { amount, currencyCode } = expectedPrice;
    const minorUnits = minorUnitsOf(amount);
    if (minorUnits === null) throw new Error(`checkRequest let "${amount}" through`);
    return { productId, quantity, expectedPrice: { minorUnits, currencyCode } };
  });
  // What is no id of an item is no item's.
  const asked = items.map(({ productId }) => productId).filter((id) => isId('product', id));
  return store.changeHolds(request.orderId, asked, decideHold(request.buyerId, items, seconds));
};

const change = async (
  store: HoldStore,
  orderId: string,
  decide: (locked: Locked) => HoldDecision,
): Promise<HoldOutcome> => {
  const wrong = checkOrder(orderId);
  return wrong.length > 0 ? refused(wrong) : store.changeHolds(orderId, [], decide);
};

/** Lets the order's holds expire no more. */
export const beginPayment = (store: HoldStore, { orderId, fences }: HoldsRequest) =>
  change(store, orderId, decidePayment(fences));

/** Sells what the order holds and has paid for. */
export const sellHeldItems = (store: HoldStore, { orderId, fences }: HoldsRequest) =>
  change(store, orderId, decideSale(fences));

/** Gives back what the order holds; it can hold nothing from then on. */
export const releaseHeldItems = (store: HoldStore, orderId: string) =>
  change(store, orderId, decideRelease);

/** Takes back what the order bought, to be sold again or not. */
export const returnSoldItems = (
  store: HoldStore,
  orderId: string,
  productIds: readonly string[],
  relist: boolean,
) => change(store, orderId, decideReturn(productIds, relist));
