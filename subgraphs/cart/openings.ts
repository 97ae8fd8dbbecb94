import type { Asker } from './actions.ts';
import type { Cart } from './carts.ts';
import type { CartReader } from './store.ts';
import { keyOf } from './tokens.ts';

type Carts = Pick<CartReader, 'cartByKey'>;

/** The cart that this asker may see; null where there is none. */
export const openCart = async (carts: Carts, { token, viewerId }: Asker): Promise<Cart | null> => {
  const key = keyOf(token, viewerId);
  return key === null || key === 'nothing' ? null : carts.cartByKey(key);
};

/**
 * By what the changes of that cart are told (the trigger of its table does it): the user's id, which
 * is known before they have a cart, or a guest's cart's own. Null where there can never be one.
 */
export const changesKeyOf = async (carts: Carts, asker: Asker): Promise<string | null> => {
  const key = keyOf(asker.token, asker.viewerId);
  if (key !== null && key !== 'nothing' && key.kind === 'user') return key.userId;
  return (await openCart(carts, asker))?.id ?? null;
};
