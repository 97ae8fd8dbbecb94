import { Prisma, type PrismaClient } from '../../generated/prisma/catalog/client.ts';
import type { ImportStore } from './imports.ts';

/** Many listings a statement. */
export const createImportStore = (prisma: PrismaClient): ImportStore => ({
  /**
   * What sellers do in the shop wins over the file: stock, availability and seller are taken from it
   * only once. `xmax` is zero in a row that this very statement made.
   */
  upsertListings: async (listings) => {
    const rows = JSON.stringify(
      listings.map(({ price, listedAt, ...row }) => ({
        ...row,
        priceAmount: String(price.minorUnits),
        priceCurrency: price.currencyCode,
        listedAt: listedAt?.toISOString() ?? null,
      })),
    );
    const [written] = await prisma.$queryRaw<{ inserted: number; updated: number }[]>`
      WITH written AS (
        INSERT INTO products (
          id, import_key, title, description, condition, brand, price_amount, price_currency,
          category_id, seller_id, quantity_available, attributes, listed_at
        )
        SELECT
          id, "importKey", title, description, condition, brand, "priceAmount", "priceCurrency",
          "categoryId", "sellerId", "quantityAvailable", attributes, coalesce("listedAt", now())
        FROM jsonb_to_recordset(${rows}::JSONB) AS file (
          id TEXT, "importKey" TEXT, title TEXT, description TEXT, condition condition, brand TEXT,
          "priceAmount" BIGINT, "priceCurrency" currency_code, "categoryId" TEXT, "sellerId" TEXT,
          "quantityAvailable" INTEGER, attributes JSONB, "listedAt" TIMESTAMPTZ
        )
        -- One order for all, so that imports at the same time cannot wait for one another in a circle.
        ORDER BY "importKey"
        ON CONFLICT (import_key) DO UPDATE SET
          title = excluded.title, description = excluded.description,
          condition = excluded.condition, brand = excluded.brand,
          price_amount = excluded.price_amount, price_currency = excluded.price_currency,
          category_id = excluded.category_id, attributes = excluded.attributes,
          version = products.version + 1, updated_at = now()
        WHERE products.availability = 'AVAILABLE' AND products.seller_id = excluded.seller_id
          AND ${differs}
        RETURNING id, seller_id, (xmax = 0) AS inserted
      ), told AS (
        INSERT INTO outbox (topic, payload)
        SELECT CASE WHEN inserted THEN 'item.listed' ELSE 'item.changed' END,
          jsonb_build_object('productId', id, 'sellerId', seller_id, 'occurredAt', now())
        FROM written
      )
      SELECT
        count(*) FILTER (WHERE inserted)::INTEGER AS inserted,
        count(*) FILTER (WHERE NOT inserted)::INTEGER AS updated
      FROM written`;
    return written ?? { inserted: 0, updated: 0 };
  },

  idsByImportKey: async (keys) => {
    const rows = await prisma.$queryRaw<{ id: string; importKey: string }[]>`
      SELECT id, import_key AS "importKey" FROM products WHERE import_key = ANY(${[...keys]})`;
    return new Map(rows.map(({ id, importKey }) => [importKey, id]));
  },
});

const CONTENT = [
  'title',
  'description',
  'condition',
  'brand',
  'price_amount',
  'price_currency',
  'category_id',
  'attributes',
];

const columns = (table: string) => CONTENT.map((column) => `${table}.${column}`).join(', ');

// Names of columns of this very file, nothing that came from outside.
const differs = Prisma.raw(`(${columns('products')}) IS DISTINCT FROM (${columns('excluded')})`);
