import { createHash } from 'node:crypto';
import type { Logger } from '../../process/log.ts';
import { isId, newId } from '../kit/ids.ts';
import { type CurrencyCode, type Money, minorUnitsOf } from '../kit/money.ts';
import {
  type Check,
  done,
  FINE,
  NOT_SIGNED_IN,
  type Outcome,
  problem,
  refused,
} from '../kit/outcomes.ts';
import { checkLine, isBetween } from '../kit/texts.ts';
import type { Addresses } from './addresses.ts';
import { type Cart, type CartKey, MAX_LINES, MAX_QUANTITY } from './carts.ts';
import type { Driver } from './driver.ts';
import type { CheckoutErrorCode } from './errors.ts';
import type { Order, OrderDraft, OrderItem } from './orders.ts';

/** What is asked of a checkout. */
export interface CheckoutRequest {
  readonly idempotencyKey: string;
  /** The buyer's default address where it is left out. */
  readonly addressId?: string | null | undefined;
  readonly paymentMethod: string;
  /** The whole cart where they are left out. */
  readonly items?: readonly CheckoutItem[] | null | undefined;
  readonly expectedTotal?: Money | null | undefined;
}

interface CheckoutItem {
  readonly productId: string;
  readonly quantity: number;
  readonly expectedPrice: Money;
}

/** An order, and what it was asked by. */
export interface Placed {
  readonly order: Order;
  readonly bodyHash: Uint8Array;
  /** Whether it was written by this very call, which has claimed it then. */
  readonly isNew: boolean;
}

export interface CheckoutServices {
  readonly carts: { readonly cartByKey: (key: CartKey) => Promise<Cart | null> };
  readonly orders: {
    readonly findByKey: (buyerId: string, idempotencyKey: string) => Promise<Placed | null>;
    /** Writes an order, or finds the one that is there under its key. */
    readonly place: (draft: OrderDraft) => Promise<Placed>;
  };
  readonly addresses: Addresses;
  readonly driver: Pick<Driver, 'driveOn' | 'driveById'>;
  readonly log: Logger;
}

type Refusals = Check<CheckoutErrorCode>;
type Items = OrderDraft['items'];

/** The items, and the one currency that they are in. */
interface Basket {
  readonly items: Items;
  readonly currencyCode: CurrencyCode;
}

const CART_EMPTY = problem('CART_EMPTY', null, 'There is nothing in your cart.');
const KEY_REUSED = problem(
  'IDEMPOTENCY_KEY_REUSED',
  ['input', 'idempotencyKey'],
  'Something else was ordered under that key; take a new one for every order.',
);
const NO_ADDRESS = problem(
  'ADDRESS_MISSING',
  ['input', 'addressId'],
  'Say where it goes: you have no such address.',
);
const SEVERAL_CURRENCIES = problem(
  'SEVERAL_CURRENCIES',
  null,
  'The items are in several currencies: buy those of each currency in an order of their own.',
);
const TRY_LATER = problem(
  'TRY_LATER',
  null,
  'Your addresses cannot be read at the moment; try again in a minute. Nothing was ordered.',
);

/**
 * Buys items at the prices that the buyer saw. The same request under the same key is the same order,
 * however often it is sent. Where it takes long the order comes back unfinished, and is finished
 * without the buyer.
 */
export const checkout = async (
  services: CheckoutServices,
  viewerId: string | null,
  request: CheckoutRequest,
): Promise<Outcome<Order, CheckoutErrorCode>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const wrong = checkRequest(request);
  if (wrong.length > 0) return refused(wrong);

  const bodyHash = hashOf(request);
  const before = await services.orders.findByKey(viewerId, request.idempotencyKey);
  if (before !== null) return finish(services, before, bodyHash);

  const basket = await basketOf(services, viewerId, request);
  if (!basket.done) return basket;
  const address = await services.addresses
    .addressFor(viewerId, request.addressId ?? null)
    .catch((error: unknown) => {
      services.log.warn({ err: error }, 'addresses cannot be read');
      return 'unknown' as const;
    });
  if (address === 'unknown') return refused(TRY_LATER);
  if (address === null) return refused(NO_ADDRESS);

  const placed = await services.orders.place({
    id: newId('order'),
    buyerId: viewerId,
    idempotencyKey: request.idempotencyKey,
    bodyHash,
    ...basket.result,
    expectedTotal: amountOf(request.expectedTotal),
    paymentMethod: request.paymentMethod,
    address,
  });
  return finish(services, placed, bodyHash);
};

const finish = async (
  { driver }: CheckoutServices,
  placed: Placed,
  bodyHash: Uint8Array,
): Promise<Outcome<Order, CheckoutErrorCode>> => {
  if (Buffer.compare(placed.bodyHash, bodyHash) !== 0) return refused(KEY_REUSED);
  const order = placed.isNew
    ? await driver.driveOn(placed.order)
    : ((await driver.driveById(placed.order.id)) ?? placed.order);
  return order.state === 'FAILED' || order.state === 'EXPIRED'
    ? refused(order.problems)
    : done(order);
};

/** What the request says, whatever order its fields came in. */
const hashOf = (request: CheckoutRequest): Uint8Array<ArrayBuffer> => {
  const { addressId, paymentMethod, items, expectedTotal } = request;
  const money = (each: Money | null | undefined) =>
    each == null ? null : [String(minorUnitsOf(each.amount)), each.currencyCode];
  const body = [
    addressId ?? null,
    paymentMethod,
    items?.map((each) => [each.productId, each.quantity, money(each.expectedPrice)]) ?? null,
    money(expectedTotal),
  ];
  return new Uint8Array(createHash('sha256').update(JSON.stringify(body)).digest());
};

const amountOf = (money: Money | null | undefined): bigint | null =>
  money == null ? null : minorUnitsOf(money.amount);

const isPrice = ({ amount }: Money): boolean => (minorUnitsOf(amount) ?? -1n) >= 0n;

const NO_PRICE = 'A price is not below zero and has at most two decimals: 19.90.';

/** Everything that is wrong with a request whatever the cart. */
const checkRequest = (request: CheckoutRequest): Refusals => {
  const { idempotencyKey, paymentMethod, items, expectedTotal, addressId } = request;
  return [
    ...checkLine(idempotencyKey, [8, 100], ['input', 'idempotencyKey'], 'A key'),
    ...checkLine(paymentMethod, [1, 200], ['input', 'paymentMethod'], 'A method of payment'),
    ...(addressId == null || isId('address', addressId)
      ? FINE
      : problem('INVALID', ['input', 'addressId'], 'That is not the id of an address.')),
    ...(expectedTotal == null || isPrice(expectedTotal)
      ? FINE
      : problem('INVALID', ['input', 'expectedTotal', 'amount'], NO_PRICE)),
    ...checkItems(items ?? []),
  ];
};

const checkItems = (items: readonly CheckoutItem[]): Refusals => {
  const ids = new Set(items.map(({ productId }) => productId));
  return [
    ...(items.length > MAX_LINES
      ? problem('INVALID', ['input', 'items'], `An order has at most ${MAX_LINES} items.`)
      : FINE),
    ...(ids.size < items.length
      ? problem('INVALID', ['input', 'items'], 'Name every item once, with its quantity.')
      : FINE),
    ...items.flatMap((item, index) => checkItem(item, ['input', 'items', String(index)])),
  ];
};

const checkItem = (item: CheckoutItem, field: readonly string[]): Refusals => [
  ...(isId('product', item.productId)
    ? FINE
    : problem('INVALID', [...field, 'productId'], 'That is not the id of an item.')),
  ...(isBetween(item.quantity, 1, MAX_QUANTITY)
    ? FINE
    : problem('INVALID', [...field, 'quantity'], `A quantity is 1 to ${MAX_QUANTITY}.`)),
  ...(isPrice(item.expectedPrice)
    ? FINE
    : problem('INVALID', [...field, 'expectedPrice', 'amount'], NO_PRICE)),
];

/** What is to be bought: the items of the request, or all of the cart. */
const basketOf = async (
  { carts }: CheckoutServices,
  userId: string,
  { items, expectedTotal }: CheckoutRequest,
): Promise<Outcome<Basket, CheckoutErrorCode>> => {
  const cart = items == null ? await carts.cartByKey({ kind: 'user', userId }) : null;
  const unseen = cart?.lines.filter(({ priceSeen }) => priceSeen === null) ?? [];
  if (unseen.length > 0) {
    return refused(unseen.map(({ productId }) => ({ ...PRICE_NOT_SEEN, productId })));
  }
  const wanted = items?.map(itemOf) ?? cart?.lines.flatMap(itemOfLine) ?? [];
  const currencies = new Set(wanted.map(({ currencyCode }) => currencyCode));
  if (expectedTotal != null) currencies.add(expectedTotal.currencyCode);
  const [currencyCode] = currencies;
  if (wanted.length === 0 || currencyCode === undefined) return refused(CART_EMPTY);
  if (currencies.size > 1) return refused(SEVERAL_CURRENCIES);
  return done({ items: wanted.map(({ item }) => item), currencyCode });
};

const PRICE_NOT_SEEN = {
  code: 'INVALID',
  field: ['input', 'items'],
  message: 'The cart does not know what price you saw; say it in `items`.',
} as const;

interface Priced {
  readonly item: Pick<OrderItem, 'productId' | 'quantity' | 'price'>;
  readonly currencyCode: CurrencyCode;
}

const itemOf = ({ productId, quantity, expectedPrice }: CheckoutItem): Priced => ({
  item: { productId, quantity, price: minorUnitsOf(expectedPrice.amount) ?? 0n },
  currencyCode: expectedPrice.currencyCode,
});

const itemOfLine = ({ productId, quantity, priceSeen }: Cart['lines'][number]): Priced[] =>
  priceSeen === null
    ? []
    : [
        {
          item: { productId, quantity, price: priceSeen.minorUnits },
          currencyCode: priceSeen.currencyCode,
        },
      ];
