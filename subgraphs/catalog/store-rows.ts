import { Prisma } from '../../generated/prisma/catalog/client.ts';
import type { CurrencyCode } from '../kit/money.ts';
import type { Product } from './products.ts';

/** A product as the statements of this service select it. */
export interface ProductRow extends Omit<Product, 'price' | 'attributes'> {
  readonly priceAmount: bigint | null;
  readonly priceCurrency: CurrencyCode | null;
  readonly attributes: unknown;
}

/** The columns of `products p`, under the names of the domain. */
export const PRODUCT_COLUMNS = Prisma.sql`
  p.id, p.title, p.description, p.condition, p.brand,
  p.price_amount AS "priceAmount", p.price_currency AS "priceCurrency",
  p.category_id AS "categoryId", p.seller_id AS "sellerId",
  p.availability, p.quantity_available AS "quantityAvailable", p.attributes,
  p.media_ids AS "mediaIds", p.version, p.listed_at AS "listedAt", p.updated_at AS "updatedAt"`;

export const productOf = ({ priceAmount, priceCurrency, ...row }: ProductRow): Product => ({
  ...row,
  price:
    priceAmount === null || priceCurrency === null
      ? null
      : { minorUnits: priceAmount, currencyCode: priceCurrency },
  // Written by this service only, from a checked draft.
  attributes: row.attributes as Product['attributes'],
});
