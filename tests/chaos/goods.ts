import type { Databases } from './market.ts';
import type { Schedule } from './schedule.ts';

/** The people and items of one round, by id; all items are one of a kind. */
export interface Goods {
  readonly buyers: readonly string[];
  readonly items: readonly { readonly id: string; readonly sellerId: string }[];
}

/** What every item costs, as clients write it. */
export const PRICE = { amount: '12.50', currencyCode: 'EUR' } as const;

const SELLERS = 5;

/** Puts people with addresses and items into the databases, with ids that no other round has. */
export const stock = async (
  { users, catalog }: Databases,
  { seed, items, purchases }: Schedule,
): Promise<Goods> => {
  const name = (kind: string, number: number): string => `${kind}${seed.toString(36)}x${number}`;
  const buyers = purchases.map(({ buyer }) => `user_${name('b', buyer)}`);
  const sellers = Array.from({ length: SELLERS }, (_, number) => `user_${name('s', number)}`);
  const goods = Array.from({ length: items }, (_, number) => ({
    id: `product_${name('p', number)}`,
    sellerId: String(sellers[number % SELLERS]),
  }));
  await users.query(
    `INSERT INTO users (id, email, password_hash, handle, display_name)
     SELECT id, id || '@example.com', '-', replace(id, '_', '-'), id FROM unnest($1::text[]) AS id`,
    [[...buyers, ...sellers]],
  );
  await users.query(
    `INSERT INTO addresses (id, user_id, recipient, lines, city, country_code, is_default)
     SELECT replace(id, 'user_', 'address_'), id, 'Someone', '{Somewhere 1}', 'Porto', 'PT', true
     FROM unnest($1::text[]) AS id`,
    [buyers],
  );
  await catalog.query(
    `INSERT INTO categories (id, slug, name, position) VALUES ('category_chaos', 'chaos', 'Chaos', 0)
     ON CONFLICT DO NOTHING`,
  );
  await catalog.query(
    `INSERT INTO products (id, title, description, condition, price_amount, price_currency, category_id, seller_id)
     SELECT id, 'One of a kind', '', 'GOOD', 1250, 'EUR', 'category_chaos', seller
     FROM unnest($1::text[], $2::text[]) AS goods (id, seller)`,
    [goods.map(({ id }) => id), goods.map(({ sellerId }) => sellerId)],
  );
  return { buyers, items: goods };
};
