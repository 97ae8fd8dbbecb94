import { Prisma, type PrismaClient } from '../../generated/prisma/catalog/client.ts';
import { CHANGEABLE, type Change, type Guard, type ProductStore } from './actions.ts';
import type { Category } from './categories.ts';
import type { Listing } from './drafts.ts';
import { type ItemTopic, told } from './store-facts.ts';
import { PRODUCT_COLUMNS, type ProductRow, productOf } from './store-rows.ts';

export interface CategoryReader {
  readonly categories: () => Promise<readonly Category[]>;
}

/** Single items and the category tree. */
export const createProductStore = (prisma: PrismaClient): ProductStore & CategoryReader => ({
  categories: () => prisma.category.findMany(),

  productsById: async (ids, viewerId = null) => {
    const rows = await prisma.$queryRaw<ProductRow[]>`
      SELECT ${PRODUCT_COLUMNS} FROM products p
      WHERE p.id = ANY(${ids}) AND (p.availability <> 'DRAFT' OR p.seller_id = ${viewerId})`;
    return rows.map(productOf);
  },

  createProduct: async ({ id, sellerId, availability, listing }) => {
    const columns = [
      { name: 'id', value: Prisma.sql`${id}` },
      { name: 'seller_id', value: Prisma.sql`${sellerId}` },
      { name: 'availability', value: Prisma.sql`${availability}::availability` },
      // A draft may leave it out.
      ...columnsOf({ description: '', ...listing }),
    ];
    const [row] = await prisma.$queryRaw<ProductRow[]>`
      WITH p AS (
        INSERT INTO products (${Prisma.raw(columns.map(({ name }) => name).join(', '))})
        VALUES (${Prisma.join(columns.map(({ value }) => value))})
        RETURNING *
      ), ${told(availability === 'AVAILABLE' ? 'item.listed' : null, (listing.mediaIds ?? []).length > 0)}
      SELECT ${PRODUCT_COLUMNS} FROM p`;
    if (row === undefined) throw new Error(`${id} was not written`);
    return productOf(row);
  },

  // One UPDATE whose condition decides: an item that is being bought at the same moment is either
  // changed before, or in another state when this comes to its row.
  changeProduct: async ({ id, sellerId, expectedVersion }: Guard, change) => {
    const { set, topic, also } = written(change);
    const mentionsMedia = change.kind === 'edit' && change.change.mediaIds !== undefined;
    const version = expectedVersion ?? Prisma.sql`version`;
    const [row] = await prisma.$queryRaw<ProductRow[]>`
      WITH p AS (
        UPDATE products
        SET ${Prisma.join([...set, Prisma.sql`version = version + 1`, Prisma.sql`updated_at = now()`])}
        WHERE id = ${id} AND seller_id = ${sellerId} AND version = ${version}
          AND availability = ANY(${CHANGEABLE[change.kind]}::availability[]) AND ${also}
        RETURNING *
      ), ${told(topic, mentionsMedia)}
      SELECT ${PRODUCT_COLUMNS} FROM p`;
    return row === undefined ? null : productOf(row);
  },
});

interface Written {
  readonly set: readonly Prisma.Sql[];
  readonly topic: ItemTopic;
  /** What has to hold beside the guard. */
  readonly also: Prisma.Sql;
}

const ALWAYS = Prisma.sql`TRUE`;

const written = (change: Change): Written => {
  switch (change.kind) {
    case 'edit': {
      const set = columnsOf(change.change).map(
        ({ name, value }) => Prisma.sql`${Prisma.raw(name)} = ${value}`,
      );
      return { set, topic: 'item.changed', also: ALWAYS };
    }
    case 'publish': {
      const set = [Prisma.sql`availability = 'AVAILABLE'`, Prisma.sql`listed_at = now()`];
      return { set, topic: 'item.listed', also: ALWAYS };
    }
    case 'withdraw': {
      const set = [Prisma.sql`availability = 'WITHDRAWN'`, Prisma.sql`quantity_available = 0`];
      return { set, topic: 'item.withdrawn', also: ALWAYS };
    }
    case 'relist': {
      const pieces = Prisma.sql`quantity_available = ${change.quantity}`;
      const set = [Prisma.sql`availability = 'AVAILABLE'`, pieces];
      return { set, topic: 'item.listed', also: Prisma.sql`quantity_held = 0` };
    }
  }
};

interface Column {
  /** One of this file's own constants, never anything that came from outside. */
  readonly name: string;
  readonly value: Prisma.Sql;
}

/** What is mentioned, as the table keeps it. */
const columnsOf = (listing: Partial<Listing>): readonly Column[] => {
  const { title, description, condition, brand, price, categoryId } = listing;
  const { quantityAvailable, attributes, mediaIds } = listing;
  const column = (name: string, value: Prisma.Sql): readonly Column[] => [{ name, value }];
  return [
    ...(title === undefined ? [] : column('title', Prisma.sql`${title}`)),
    ...(description === undefined ? [] : column('description', Prisma.sql`${description}`)),
    ...(condition === undefined ? [] : column('condition', Prisma.sql`${condition}::condition`)),
    ...(brand === undefined ? [] : column('brand', Prisma.sql`${brand}`)),
    ...(price === undefined
      ? []
      : [
          ...column('price_amount', Prisma.sql`${price.minorUnits}`),
          ...column('price_currency', Prisma.sql`${price.currencyCode}::currency_code`),
        ]),
    ...(categoryId === undefined ? [] : column('category_id', Prisma.sql`${categoryId}`)),
    ...(quantityAvailable === undefined
      ? []
      : column('quantity_available', Prisma.sql`${quantityAvailable}`)),
    ...(attributes === undefined
      ? []
      : column('attributes', Prisma.sql`${JSON.stringify(attributes)}::JSONB`)),
    ...(mediaIds === undefined ? [] : column('media_ids', Prisma.sql`${mediaIds}::TEXT[]`)),
  ];
};
