import { Prisma, PrismaClient } from '../../generated/prisma/cart/client.ts';
import type { Database } from '../kit/database.ts';
import { newId } from '../kit/ids.ts';
import { done } from '../kit/outcomes.ts';
import type { CartStore, Outcome } from './actions.ts';
import type { Cart, CartKey, CartLine } from './carts.ts';
import { afterWrite, type Change, type Write } from './changes.ts';
import type { CartMerger, Merge } from './merge.ts';
import {
  isOpenedBy,
  LINE_COLUMNS,
  type LineRow,
  lineOf,
  putLines,
  readCarts,
} from './store-rows.ts';

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

export type Store = CartStore & CartReader & CartMerger;

/** The carts' tables, in the words of the domain. */
export const createStore = ({ prismaOptions }: Pick<Database, 'prismaOptions'>): Store => {
  const prisma = new PrismaClient(prismaOptions);
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
      }),

    mergeCarts: (tokenHash, userId, decide) =>
      prisma.$transaction(async (tx) => {
        await createUserCart(tx, userId);
        await lockBoth(tx, tokenHash, userId);
        const [own] = await readCarts(tx, Prisma.sql`user_id = ${userId}`);
        const [guest] = await readCarts(tx, Prisma.sql`token_hash = ${tokenHash}`);
        if (own === undefined || guest === undefined) return null;
        if (guest.mergedInto !== null) {
          return guest.mergedInto === own.id ? { cart: own, warnings: [] } : null;
        }
        const merge = decide(guest, own);
        await writeMerge(tx, guest, own, merge);
        const [cart = own] = await readCarts(tx, Prisma.sql`carts.id = ${own.id}`);
        return { cart, warnings: merge.warnings };
      }),
  };
};

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
    case 'put':
      return putLines(tx, cartId, [write.line]);
  }
};

/** In the order of their ids, so that merges at once wait for each other and never in a circle. */
const lockBoth = (
  tx: Prisma.TransactionClient,
  tokenHash: Uint8Array<ArrayBuffer>,
  userId: string,
): Promise<unknown> => tx.$queryRaw`
  SELECT id FROM carts WHERE user_id = ${userId} OR token_hash = ${tokenHash}
  ORDER BY id FOR UPDATE`;

const writeMerge = async (
  tx: Prisma.TransactionClient,
  guest: Cart,
  own: Cart,
  { leaving, arriving, isWhole }: Merge,
): Promise<void> => {
  await tx.$executeRaw`DELETE FROM cart_lines WHERE id = ANY(${leaving.map(({ id }) => id)})`;
  if (arriving.length > 0) {
    await putLines(tx, own.id, arriving);
    await tx.$executeRaw`
      UPDATE carts SET revision = revision + 1, updated_at = now() WHERE id = ${own.id}`;
  }
  if (leaving.length === 0 && !isWhole) return;
  await tx.$executeRaw`
    UPDATE carts SET revision = revision + 1, updated_at = now(),
      merged_into = ${isWhole ? own.id : null}
    WHERE id = ${guest.id}`;
};
