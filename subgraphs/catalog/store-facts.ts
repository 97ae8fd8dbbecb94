import { Prisma, type PrismaClient } from '../../generated/prisma/catalog/client.ts';
import type { Product } from './products.ts';
import { PRODUCT_COLUMNS, type ProductRow, productOf } from './store-rows.ts';

/** An item as other services are told of it, and when the catalogue read it. */
export interface ToldProduct {
  readonly product: Product;
  /** By the database's clock. */
  readonly asOf: Date;
}

/** What is told is read when it is told: of several changes the last one counts. */
export interface FactReader {
  /** Drafts too; null where there is no such item. */
  readonly productToTell: (id: string) => Promise<ToldProduct | null>;
}

export const createFactReader = (prisma: PrismaClient): FactReader => ({
  productToTell: async (id) => {
    const [row] = await prisma.$queryRaw<(ProductRow & { asOf: Date })[]>`
      SELECT ${PRODUCT_COLUMNS}, now() AS "asOf" FROM products p WHERE p.id = ${id}`;
    if (row === undefined) return null;
    const { asOf, ...columns } = row;
    return { product: productOf(columns), asOf };
  },
});

/** Facts about items, by the topics of the outbox. */
export type ItemTopic = 'item.listed' | 'item.sold' | 'item.withdrawn' | 'item.changed';

/**
 * Tells other services of what was written into `p`, in the same statement: what was done to an item
 * that everyone sees, and what the item shows, where that was said or is seen by everyone from now on.
 */
export const told = (topic: ItemTopic | null, mentionsMedia: boolean): Prisma.Sql => Prisma.sql`
  told AS (
    INSERT INTO outbox (topic, payload)
    SELECT ${topic}, jsonb_build_object('productId', id, 'sellerId', seller_id, 'occurredAt', now())
    FROM p
    WHERE ${topic}::TEXT IS NOT NULL AND availability <> 'DRAFT'
  ), told_media AS (
    INSERT INTO outbox (topic, payload)
    SELECT 'item.media', jsonb_build_object('productId', id)
    FROM p
    WHERE ${mentionsMedia} OR (${topic}::TEXT = 'item.listed' AND media_ids <> '{}')
  )`;
