import { Prisma, type PrismaClient } from '../../generated/prisma/catalog/client.ts';
import type { PageRequest } from '../kit/pages.ts';
import type { Position } from './positions.ts';
import type { Availability, Product } from './products.ts';
import { PRODUCT_COLUMNS, type ProductRow, productOf } from './store-rows.ts';

/** Whose items, and in which state; null for all. */
export interface Own {
  readonly sellerId: string;
  readonly state: Availability | null;
}

/** What sellers see of their own, drafts too. */
export interface OwnReader {
  /** Latest begun first; up to one more than the page holds, in the direction of the request. */
  readonly ownProducts: (
    own: Own,
    request: PageRequest,
    position: Position | null,
  ) => Promise<readonly Product[]>;
  readonly countOwnProducts: (own: Own) => Promise<number>;
}

export const createOwnReader = (prisma: PrismaClient): OwnReader => ({
  ownProducts: async (own, { direction, size }, position) => {
    const [beyond, order] =
      direction === 'forward'
        ? [Prisma.sql`<`, Prisma.sql`DESC`]
        : [Prisma.sql`>`, Prisma.sql`ASC`];
    const after =
      position === null
        ? Prisma.sql`TRUE`
        : Prisma.sql`(p.listed_at, p.id) ${beyond} (${position.value}::TIMESTAMPTZ, ${position.id})`;
    const rows = await prisma.$queryRaw<ProductRow[]>`
      SELECT ${PRODUCT_COLUMNS} FROM products p
      WHERE ${isOwn(own)} AND ${after}
      ORDER BY p.listed_at ${order}, p.id ${order}
      LIMIT ${size + 1}`;
    return rows.map(productOf);
  },

  countOwnProducts: async (own) => {
    const [row] = await prisma.$queryRaw<{ readonly count: number }[]>`
      SELECT count(*)::INTEGER AS count FROM products p WHERE ${isOwn(own)}`;
    return row?.count ?? 0;
  },
});

const isOwn = ({ sellerId, state }: Own): Prisma.Sql =>
  state === null
    ? Prisma.sql`p.seller_id = ${sellerId}`
    : Prisma.sql`p.seller_id = ${sellerId} AND p.availability = ${state}::availability`;
