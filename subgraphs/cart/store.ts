import { Prisma, PrismaClient } from '../../generated/prisma/cart/client.ts';
import type { Database } from '../kit/database.ts';
import { newId } from '../kit/ids.ts';
import type { CurrencyCode } from '../kit/money.ts';
import { done } from '../kit/outcomes.ts';
import type { CartStore, Outcome } from './actions.ts';
import type { Cart, CartKey, CartLine } from './carts.ts';
import { afterWrite, type Change, type Write } from './changes.ts';

/** A line and whose cart it is in. */
export interface LineOfUser {
  readonly line: CartLine;
  /** Null where it is a guest's. */
  readonly userId: string | null;
}

/** What resolvers read; each in one statement. */
export interface CartReader {
  readonly cartByKey: (key: CartKey) => Promise<Cart | null>;
  readonly cartsById: (ids: readonly string[]) => Promise<readonly Cart[]>;
  readonly linesById: (ids: readonly string[]) => Promise<readonly LineOfUser[]>;
}

export type Store = CartStore & CartReader;

/** The carts' tables, in the words of the domain. */
export const createStore = ({ adapter }: Pick<Database, 'adapter'>): Store => {
  const prisma = new PrismaClient({ adapter });
  return {
    cartByKey: async (key) => (await readCarts(prisma, isOpenedBy(key)))[0] ?? null,
    cartsById: (ids) => readCarts(prisma, Prisma.sql`carts.id = ANY(${ids})`),
    linesById: async (ids) => {
      const rows = await prisma.$queryRaw<(LineRow & { readonly userId: string | null })[]>`
        SELECT ${LINE_COLUMNS}, carts.user_id AS "userId"
        FROM cart_lines JOIN carts ON carts.id = cart_lines.cart_id
        WHERE cart_lines.id = ANY(${ids})`;
      return rows.map(({ userId, ...row }) => ({ line: lineOf(row), userId }));
    },

    createGuestCart: async (tokenHash) => {
      const data = { id: newId('cart'), tokenHash };
      const { id, userId, revision, updatedAt } = await prisma.cart.create({ data });
      return { id, userId, revision, updatedAt, lines: [] };
    },

    changeCart: (key, create, change) =>
      prisma.$transaction(async (tx) => {
        if (create && key.kind === 'user') await createUserCart(tx, key.userId);
        return changeLocked(tx, key, change);
      }, TRANSACTION),
  };
};

/** In milliseconds: waiting for a connection and for the cart, then for the transaction itself. */
const TRANSACTION = { maxWait: 5_000, timeout: 10_000 };

const createUserCart = (tx: Prisma.TransactionClient, userId: string): Promise<unknown> =>
  tx.$executeRaw`
    INSERT INTO carts (id, user_id) VALUES (${newId('cart')}, ${userId})
    ON CONFLICT (user_id) DO NOTHING`;

/**
 * Whoever changes a cart holds its row, so that each decides on what the one before has written.
 * The lines are read by a statement of their own after the lock: a statement that waited for a lock
 * sees the locked row as it is now, but all other rows as they were when it began.
 */
const changeLocked = async (
  tx: Prisma.TransactionClient,
  key: CartKey,
  change: Change,
): Promise<Outcome | null> => {
  const locked = await tx.$queryRaw<{ readonly id: string }[]>`
    SELECT id FROM carts WHERE ${isOpenedBy(key)} FOR UPDATE`;
  const [cart] = await readCarts(tx, Prisma.sql`carts.id = ${locked[0]?.id ?? null}`);
  if (cart === undefined) return null;

  const now = new Date();
  const decided = change(cart, now);
  if (!decided.done) return decided;
  const { write, lineId, warnings } = decided.result;
  if (write !== null) {
    await writeLine(tx, cart.id, write);
    await tx.$executeRaw`
      UPDATE carts SET revision = revision + 1, updated_at = ${now} WHERE id = ${cart.id}`;
  }
  const after = afterWrite(cart, write, now);
  const line = after.lines.find(({ id }) => id === lineId) ?? null;
  return done({ cart: after, line, warnings });
};

const writeLine = (
  tx: Prisma.TransactionClient,
  cartId: string,
  write: Exclude<Write, null>,
): Promise<unknown> => {
  switch (write.kind) {
    case 'clear':
      return tx.$executeRaw`DELETE FROM cart_lines WHERE cart_id = ${cartId}`;
    case 'remove':
      return tx.$executeRaw`DELETE FROM cart_lines WHERE id = ${write.lineId}`;
    case 'put': {
      const { id, productId, quantity, priceSeen, addedAt } = write.line;
      return tx.$executeRaw`
        INSERT INTO cart_lines (
          id, cart_id, product_id, quantity, price_seen_amount, price_seen_currency, added_at
        )
        VALUES (
          ${id}, ${cartId}, ${productId}, ${quantity}, ${priceSeen?.minorUnits ?? null},
          ${priceSeen?.currencyCode ?? null}::currency_code, ${addedAt}
        )
        ON CONFLICT (id) DO UPDATE SET
          quantity = excluded.quantity,
          price_seen_amount = excluded.price_seen_amount,
          price_seen_currency = excluded.price_seen_currency`;
    }
  }
};

const isOpenedBy = (key: CartKey): Prisma.Sql =>
  key.kind === 'user'
    ? Prisma.sql`user_id = ${key.userId}`
    : Prisma.sql`token_hash = ${key.tokenHash}`;

interface LineRow {
  readonly lineId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly priceSeenAmount: bigint | null;
  readonly priceSeenCurrency: CurrencyCode | null;
  readonly addedAt: Date;
}

const LINE_COLUMNS = Prisma.sql`
  cart_lines.id AS "lineId", product_id AS "productId", quantity,
  price_seen_amount AS "priceSeenAmount", price_seen_currency AS "priceSeenCurrency",
  added_at AS "addedAt"`;

const lineOf = ({ lineId, priceSeenAmount, priceSeenCurrency, ...row }: LineRow): CartLine => ({
  id: lineId,
  productId: row.productId,
  quantity: row.quantity,
  priceSeen:
    priceSeenAmount === null || priceSeenCurrency === null
      ? null
      : { minorUnits: priceSeenAmount, currencyCode: priceSeenCurrency },
  addedAt: row.addedAt,
});

type CartRow = Omit<Cart, 'lines'> & (LineRow | { readonly lineId: null });

/**
 * Carts with their lines by one statement, because two could see two revisions: totals rest on lines
 * being those of the revision that is told with them.
 */
const readCarts = async (
  prisma: Prisma.TransactionClient,
  condition: Prisma.Sql,
): Promise<readonly Cart[]> => {
  const rows = await prisma.$queryRaw<CartRow[]>`
    SELECT carts.id, user_id AS "userId", revision, updated_at AS "updatedAt", ${LINE_COLUMNS}
    FROM carts LEFT JOIN cart_lines ON cart_lines.cart_id = carts.id
    WHERE ${condition}
    ORDER BY added_at, cart_lines.id COLLATE "C"`;
  const lines = new Map<string, CartLine[]>();
  const carts = new Map<string, Cart>();
  for (const row of rows) {
    const own = lines.get(row.id) ?? [];
    if (row.lineId !== null) own.push(lineOf(row));
    lines.set(row.id, own);
    const { id, userId, revision, updatedAt } = row;
    carts.set(id, { id, userId, revision, updatedAt, lines: own });
  }
  return [...carts.values()];
};
