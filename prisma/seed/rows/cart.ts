import { createHash } from 'node:crypto';
import type { Cart } from '../carts.ts';
import type { TableRows } from '../insert.ts';
import type { Market } from '../market.ts';

/** The rows of the carts' database. */
export const cartTables = ({ carts }: Market): readonly TableRows[] => [
  {
    table: 'carts',
    columns: {
      id: 'text',
      user_id: 'text',
      token_hash: 'bytea',
      revision: 'integer',
      created_at: 'timestamptz',
      updated_at: 'timestamptz',
    },
    rows: carts.map(cartRow),
  },
  {
    table: 'cart_lines',
    columns: {
      id: 'text',
      cart_id: 'text',
      product_id: 'text',
      quantity: 'integer',
      price_seen_amount: 'bigint',
      price_seen_currency: 'currency_code',
      added_at: 'timestamptz',
    },
    rows: carts.flatMap(({ id, lines }) =>
      lines.map((line) => ({
        id: line.id,
        cart_id: id,
        product_id: line.productId,
        quantity: line.quantity,
        price_seen_amount: line.priceSeen,
        price_seen_currency: line.currency,
        added_at: line.addedAt,
      })),
    ),
  },
];

const cartRow = ({ id, holder, lines, updatedAt }: Cart) => ({
  id,
  user_id: 'userId' in holder ? holder.userId : null,
  token_hash: 'token' in holder ? hashOf(holder.token) : null,
  // Every line was a change.
  revision: lines.length,
  created_at: updatedAt,
  updated_at: updatedAt,
});

/** SHA-256 of the token's bytes, in PostgreSQL's notation; subgraphs/cart/tokens.ts makes the same. */
const hashOf = (token: string): string => `\\x${createHash('sha256').update(token).digest('hex')}`;
