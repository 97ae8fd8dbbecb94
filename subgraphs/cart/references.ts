import { clientError } from '../kit/errors.ts';
import { isId } from '../kit/ids.ts';
import type { CurrencyCode } from '../kit/money.ts';
import type { Cart, CartLine } from './carts.ts';
import type { Loaders } from './loaders.ts';
import { type GivenProduct, type Offer, offerOf } from './offers.ts';
import type { OrderItem } from './orders.ts';

/**
 * Carts and lines that the router refers to by key: to bring the catalogue's prices for `totals`,
 * `total` and `warnings`, or to read deferred fields.
 *
 * Who may. Clients cannot write representations: the router makes them, out of what this service
 * answered a moment ago to the same client, who had opened the cart by being its user or by its
 * token; and a request without the router's signature is not answered at all. So a key is nothing
 * that a client can choose. Should a field of some service ever give out a cart by an id of the
 * client's choice, this still holds:
 * - a user's cart, and a line of it, is resolved for that user alone; to others it is not there;
 * - a guest's has no user to hold against. Its id is its secret then: 74 random bits, told to nobody
 *   but to who had the token. It reads, but changes nothing: every change asks for the token.
 */

/** A cart, and what the catalogue says of its lines where the router told. */
export interface CartRecord extends Cart {
  /** One for each line, in the same order. */
  readonly offers?: readonly (Offer | null)[];
}

/** A line, and what the catalogue says of its item where the router told. */
export interface LineRecord extends CartLine {
  readonly offer?: Offer | null;
}

/** The representation of a line: its key, and what the router added because a field requires it. */
export interface LineReference {
  readonly id: string;
  readonly product?: GivenProduct | null;
}

/** The representation of a cart; its lines are told without their keys. */
export interface CartReference {
  readonly id: string;
  readonly revision: number;
  readonly lines?: readonly (Pick<LineReference, 'product'> | null)[];
}

const mayRead = (userId: string | null, viewerId: string | null): boolean =>
  userId === null || userId === viewerId;

const stale = () =>
  clientError('CONFLICT', 'The cart was changed while its totals were computed; read it again.');

/**
 * The cart of a representation; null where it is not there for this viewer.
 *
 * The given lines carry no ids: they are those of the revision in the key, in the order in which this
 * service told them. So they fit the lines of that very revision by their place, and no others.
 *
 * @throws GraphQLError CONFLICT where the cart has another revision by now.
 */
export const cartAt = async (
  loaders: Loaders,
  viewerId: string | null,
  { id, revision, lines }: CartReference,
): Promise<CartRecord | null> => {
  const cart = isId('cart', id) ? await loaders.cartById.load(id) : null;
  if (cart === null || !mayRead(cart.userId, viewerId)) return null;
  if (cart.revision !== revision) throw stale();
  if (lines === undefined) return cart;
  if (lines.length !== cart.lines.length) throw stale();
  return { ...cart, offers: lines.map((line) => offerOf(line?.product)) };
};

/** The line of a representation; null where it is not there for this viewer. */
export const lineAt = async (
  loaders: Loaders,
  viewerId: string | null,
  { id, product }: LineReference,
): Promise<LineRecord | null> => {
  const found = isId('line', id) ? await loaders.lineById.load(id) : null;
  if (found === null || !mayRead(found.userId, viewerId)) return null;
  return { ...found.line, offer: offerOf(product) };
};

/** An item of an order, with the currency that its order is in. */
export interface OrderItemRecord extends OrderItem {
  readonly currencyCode: CurrencyCode;
}
