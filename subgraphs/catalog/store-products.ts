import type { Prisma, PrismaClient } from '../../generated/prisma/catalog/client.ts';
import type { ProductStore } from './actions.ts';
import type { Category } from './categories.ts';
import type { Listing } from './drafts.ts';
import { PRODUCT, PRODUCT_COLUMNS, type ProductRow, productOf } from './store-rows.ts';

export interface CategoryReader {
  readonly categories: () => Promise<readonly Category[]>;
}

/** Single items and the category tree. */
export const createProductStore = (prisma: PrismaClient): ProductStore & CategoryReader => ({
  categories: () => prisma.category.findMany(),

  productsById: async (ids) => {
    const rows = await prisma.$queryRaw<ProductRow[]>`
      SELECT ${PRODUCT_COLUMNS} FROM products p WHERE p.id = ANY(${ids})`;
    return rows.map(productOf);
  },

  createProduct: async ({ id, sellerId, ...listing }) => {
    const { title, description, condition, categoryId, quantityAvailable } = listing;
    const complete = { id, sellerId, title, description, condition, categoryId, quantityAvailable };
    return productOf(
      await prisma.product.create({
        data: { ...columnsOf(listing), ...complete, ...priceColumns(listing.price) },
        select: PRODUCT,
      }),
    );
  },

  // Both are one UPDATE whose condition decides: an item that is being bought at the same moment is
  // either changed before, or not AVAILABLE any more when this comes to its row.
  changeProduct: async (id, sellerId, change) => {
    const [row] = await prisma.product.updateManyAndReturn({
      where: { id, sellerId, availability: 'AVAILABLE' },
      data: { ...columnsOf(change), updatedAt: new Date() },
      select: PRODUCT,
    });
    return row === undefined ? null : productOf(row);
  },

  withdrawProduct: async (id, sellerId) => {
    const [row] = await prisma.product.updateManyAndReturn({
      where: { id, sellerId, availability: 'AVAILABLE' },
      data: { availability: 'WITHDRAWN', quantityAvailable: 0, updatedAt: new Date() },
      select: PRODUCT,
    });
    return row === undefined ? null : productOf(row);
  },
});

const priceColumns = ({ minorUnits, currencyCode }: Listing['price']) => ({
  priceAmount: minorUnits,
  priceCurrency: currencyCode,
});

const columnsOf = ({ price, attributes, ...plain }: Partial<Listing>) => ({
  ...plain,
  ...(price !== undefined && priceColumns(price)),
  ...(attributes !== undefined && {
    // Prisma's JSON type wants an index signature, which an interface has not.
    attributes: attributes as unknown as Prisma.InputJsonArray,
  }),
});
