import type { TableRows } from '../insert.ts';
import type { Market } from '../market.ts';

/** The rows of the recommendations' database; what is learnt from them is the subgraph's own work. */
export const recommendationsTables = ({ events, products, now }: Market): readonly TableRows[] => [
  {
    table: 'items',
    columns: {
      id: 'text',
      title: 'text',
      brand: 'text',
      category_id: 'text',
      price_amount: 'bigint',
      price_currency: 'text',
      seller_id: 'text',
      is_available: 'boolean',
      as_of: 'timestamptz',
    },
    rows: products.map((product) => ({
      id: product.id,
      title: product.title,
      brand: product.brand,
      category_id: product.categoryId,
      price_amount: product.price,
      price_currency: product.currency,
      seller_id: product.sellerId,
      is_available: product.availability === 'AVAILABLE',
      as_of: now,
    })),
  },
  {
    table: 'events',
    columns: {
      kind: 'event_kind',
      product_id: 'text',
      actor_id: 'text',
      occurred_at: 'timestamptz',
      client_event_id: 'text',
    },
    rows: events.map(({ kind, productId, actorId, at, clientEventId }) => ({
      kind,
      product_id: productId,
      actor_id: actorId,
      occurred_at: new Date(at),
      client_event_id: clientEventId,
    })),
  },
];
