import { Prisma } from '../../generated/prisma/cart/client.ts';
import type { CurrencyCode } from '../kit/money.ts';
import type { Cart, CartKey, CartLine } from './carts.ts';

/** The cart that a key opens; a guest's that went into a user's is not opened any more. */
export const isOpenedBy = (key: CartKey): Prisma.Sql =>
  key.kind === 'user'
    ? Prisma.sql`user_id = ${key.userId}`
    : Prisma.sql`token_hash = ${key.tokenHash} AND merged_into IS NULL`;

export interface LineRow {
  readonly lineId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly priceSeenAmount: bigint | null;
  readonly priceSeenCurrency: CurrencyCode | null;
  readonly addedAt: Date;
}

export const LINE_COLUMNS = Prisma.sql`
  cart_lines.id AS "lineId", product_id AS "productId", quantity,
  price_seen_amount AS "priceSeenAmount", price_seen_currency AS "priceSeenCurrency",
  added_at AS "addedAt"`;

export const lineOf = ({
  lineId,
  priceSeenAmount,
  priceSeenCurrency,
  ...row
}: LineRow): CartLine => ({
  id: lineId,
  productId: row.productId,
  quantity: row.quantity,
  priceSeen:
    priceSeenAmount === null || priceSeenCurrency === null
      ? null
      : { minorUnits: priceSeenAmount, currencyCode: priceSeenCurrency },
  addedAt: row.addedAt,
});

/** A cart as it is kept. */
export interface KeptCart extends Cart {
  /** The user's cart that a guest's went into. */
  readonly mergedInto: string | null;
}

type CartRow = Omit<KeptCart, 'lines'> & (LineRow | { readonly lineId: null });

/**
 * Carts with their lines by one statement, because two could see two revisions: totals rest on lines
 * being those of the revision that is told with them.
 */
export const readCarts = async (
  prisma: Prisma.TransactionClient,
  condition: Prisma.Sql,
): Promise<readonly KeptCart[]> => {
  const rows = await prisma.$queryRaw<CartRow[]>`
    SELECT carts.id, user_id AS "userId", revision, updated_at AS "updatedAt",
      merged_into AS "mergedInto", ${LINE_COLUMNS}
    FROM carts LEFT JOIN cart_lines ON cart_lines.cart_id = carts.id
    WHERE ${condition}
    ORDER BY added_at, cart_lines.id COLLATE "C"`;
  const lines = new Map<string, CartLine[]>();
  const carts = new Map<string, KeptCart>();
  for (const row of rows) {
    const own = lines.get(row.id) ?? [];
    if (row.lineId !== null) own.push(lineOf(row));
    lines.set(row.id, own);
    const { id, userId, revision, updatedAt, mergedInto } = row;
    carts.set(id, { id, userId, revision, updatedAt, mergedInto, lines: own });
  }
  return [...carts.values()];
};

/** Writes lines of a cart, new ones or as they are now. */
export const putLines = (
  tx: Prisma.TransactionClient,
  cartId: string,
  lines: readonly CartLine[],
): Promise<unknown> => {
  const rows = lines.map(
    ({ id, productId, quantity, priceSeen, addedAt }) => Prisma.sql`(
      ${id}, ${cartId}, ${productId}, ${quantity}, ${priceSeen?.minorUnits ?? null},
      ${priceSeen?.currencyCode ?? null}::currency_code, ${addedAt}
    )`,
  );
  return tx.$executeRaw`
    INSERT INTO cart_lines (
      id, cart_id, product_id, quantity, price_seen_amount, price_seen_currency, added_at
    )
    VALUES ${Prisma.join(rows)}
    ON CONFLICT (id) DO UPDATE SET
      quantity = excluded.quantity,
      price_seen_amount = excluded.price_seen_amount,
      price_seen_currency = excluded.price_seen_currency`;
};
