import {
  RecordFactsDocument,
  RecordProductMediaDocument,
} from '../../../generated/operations/catalog/graphql.ts';
import type { Deliver } from '../../kit/outbox.ts';
import type { RouterClient } from '../../kit/router-client.ts';
import type { FactReader, ItemTopic, ToldProduct } from '../store-facts.ts';

type Topic = ItemTopic | 'item.media';

/** What the outbox holds; it was written by this service, so its shape is known. */
interface Payload {
  readonly productId: string;
  readonly buyerId?: string | null;
  readonly occurredAt?: string;
}

type FactKind = 'LISTED' | 'SOLD' | 'WITHDRAWN' | 'CHANGED';

/**
 * What the outbox tells other services, by topic: recommendations of what happens to items, media of
 * what they show. Each by itself, so that one who is down keeps nothing from the other.
 */
export const deliveriesOf = (
  { ask, invalidate }: Pick<RouterClient, 'ask' | 'invalidate'>,
  { productToTell }: FactReader,
): Readonly<Record<Topic, Deliver>> => {
  const telling =
    (tell: (found: ToldProduct, payload: Payload, eventId: string) => Promise<unknown>): Deliver =>
    async (content, eventId) => {
      const payload = content as Payload;
      const found = await productToTell(payload.productId);
      if (found !== null) await tell(found, payload, eventId);
    };
  const fact = (kind: FactKind): Deliver =>
    telling(async ({ product, asOf }, { buyerId, occurredAt }, eventId) => {
      const item = itemOf(product, asOf);
      if (item === null) return;
      const { id: productId } = product;
      const happened = { eventId, kind, productId, buyerId: buyerId ?? null };
      await ask(RecordFactsDocument, {
        facts: [{ ...happened, occurredAt: occurredAt ?? asOf.toISOString(), item }],
      });
      // What it stands in, and what it may be recommended beside: now that others know.
      await invalidate([`product-${productId}`, 'recommendations']);
    });
  return {
    'item.listed': fact('LISTED'),
    'item.sold': fact('SOLD'),
    'item.withdrawn': fact('WITHDRAWN'),
    'item.changed': fact('CHANGED'),
    'item.media': telling(async ({ product }, _payload, eventId) => {
      const { id: productId, sellerId, mediaIds, version, availability } = product;
      const isPublic = availability !== 'DRAFT';
      const input = { eventId, productId, sellerId, mediaIds: [...mediaIds], isPublic, version };
      await ask(RecordProductMediaDocument, { input });
      await invalidate([`product-${productId}`]);
    }),
  };
};

/** Null for a draft, which lacks something and is nobody's business yet. */
const itemOf = (product: ToldProduct['product'], asOf: Date) => {
  const { title, brand, categoryId, price, sellerId, availability, quantityAvailable } = product;
  if (availability === 'DRAFT' || categoryId === null || price === null) return null;
  return {
    title,
    brand,
    categoryId,
    price: { minorUnits: Number(price.minorUnits), currencyCode: price.currencyCode },
    sellerId,
    isAvailable: availability === 'AVAILABLE' && quantityAvailable > 0,
    asOf: asOf.toISOString(),
  };
};
