import type * as kit from '../kit/outcomes.ts';
import { FINE, problem, refused } from '../kit/outcomes.ts';
import type { Cart, CartKey, CartLine } from './carts.ts';
import {
  type Addition,
  addition,
  type Change,
  checkAddition,
  checkNewQuantity,
  emptying,
  newQuantity,
  removal,
} from './changes.ts';
import type { CartErrorCode, Check } from './errors.ts';
import { keyOf } from './tokens.ts';
import type { CartWarning } from './warnings.ts';

/** A cart after a change. */
export interface Changed {
  readonly cart: Cart;
  /** The line that was asked about, where it is still there. */
  readonly line: CartLine | null;
  readonly warnings: readonly CartWarning[];
}

export type Outcome = kit.Outcome<Changed, CartErrorCode>;

/** What the actions need of the database. */
export interface CartStore {
  /** Makes an empty cart for whoever knows the token of this hash. */
  readonly createGuestCart: (tokenHash: Uint8Array<ArrayBuffer>) => Promise<Cart>;
  /**
   * Locks the cart, decides, writes, and counts the revision, all in one transaction. Null where the
   * key opens nothing; a user's cart is made first where `create` says so.
   */
  readonly changeCart: (key: CartKey, create: boolean, change: Change) => Promise<Outcome | null>;
}

/** Who asks, and for which cart. */
export interface Asker {
  readonly viewerId: string | null;
  readonly token: string | null | undefined;
}

const NOT_SIGNED_IN = problem(
  'UNAUTHENTICATED',
  null,
  'Log in, or give the token of a guest cart.',
);
const NO_CART = problem('NOT_FOUND', null, 'You have not put anything into your cart yet.');
const OPENS_NOTHING = problem('NOT_FOUND', ['input', 'token'], 'That token opens no cart.');

const change = async (
  store: CartStore,
  { viewerId, token }: Asker,
  wrong: Check,
  decide: Change,
  create = false,
): Promise<Outcome> => {
  const key = keyOf(token, viewerId);
  if (key === null) return refused(NOT_SIGNED_IN);
  if (wrong.length > 0) return refused(wrong);
  if (key === 'nothing') return refused(OPENS_NOTHING);

  const outcome = await store.changeCart(key, create, decide);
  return outcome ?? refused(key.kind === 'guest' ? OPENS_NOTHING : NO_CART);
};

/** Puts an item into a cart; a user's first item makes their cart. */
export const addToCart = (store: CartStore, asker: Asker, asked: Addition): Promise<Outcome> =>
  change(store, asker, checkAddition(asked), addition(asked), true);

/** Sets how many pieces a line asks for; 0 removes it. */
export const changeLine = (
  store: CartStore,
  asker: Asker,
  lineId: string,
  quantity: number,
): Promise<Outcome> =>
  change(store, asker, checkNewQuantity(quantity), newQuantity(lineId, quantity));

/** Takes a line out of a cart. */
export const removeLine = (store: CartStore, asker: Asker, lineId: string): Promise<Outcome> =>
  change(store, asker, FINE, removal(lineId));

/** Takes everything out of a cart. */
export const clearCart = (store: CartStore, asker: Asker): Promise<Outcome> =>
  change(store, asker, FINE, emptying);
