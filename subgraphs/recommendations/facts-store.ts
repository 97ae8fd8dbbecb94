import { PrismaClient } from '../../generated/prisma/recommendations/client.ts';
import type { Database } from '../kit/database.ts';
import { once } from '../kit/inbox.ts';
import type { ItemFact } from './facts.ts';

/** Keeps what the catalogue tells. */
export interface FactStore {
  /** Writes what was not told before, all of it or nothing; how many facts that were. */
  readonly recordFacts: (facts: readonly ItemFact[]) => Promise<number>;
}

type Transaction = Pick<PrismaClient, '$executeRaw' | '$executeRawUnsafe'>;

export const createFactStore = ({ prismaOptions }: Pick<Database, 'prismaOptions'>): FactStore => {
  const prisma = new PrismaClient(prismaOptions);
  return {
    recordFacts: (facts) =>
      prisma.$transaction(async (tx) => {
        let recorded = 0;
        for (const fact of inOneOrder(facts)) {
          if (await once(tx, fact.eventId, () => record(tx, fact))) recorded += 1;
        }
        return recorded;
      }),
  };
};

/** Whoever tells the same at the same time locks it in the same order, so nobody waits in a circle. */
const inOneOrder = (facts: readonly ItemFact[]): readonly ItemFact[] => {
  const key = ({ productId, eventId }: ItemFact): string => `${productId} ${eventId}`;
  return facts.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
};

const record = async (tx: Transaction, fact: ItemFact): Promise<void> => {
  await keepItem(tx, fact);
  if (fact.kind === 'SOLD' && fact.buyerId != null) await keepPurchase(tx, fact);
};

/** From the commit on, what cannot be bought is recommended to nobody: see `IS_SHOWN` in store.ts. */
const keepItem = (tx: Transaction, { productId, item }: ItemFact): Promise<unknown> => {
  const { title, brand, categoryId, price, sellerId, isAvailable, asOf } = item;
  return tx.$executeRaw`
    INSERT INTO items (
      id, title, brand, category_id, price_amount, price_currency, seller_id, is_available, as_of
    ) VALUES (
      ${productId}, ${title}, ${brand ?? null}, ${categoryId}, ${price.minorUnits},
      ${price.currencyCode}, ${sellerId}, ${isAvailable}, ${asOf}
    )
    ON CONFLICT (id) DO UPDATE SET
      title = excluded.title, brand = excluded.brand, category_id = excluded.category_id,
      price_amount = excluded.price_amount, price_currency = excluded.price_currency,
      seller_id = excluded.seller_id, is_available = excluded.is_available, as_of = excluded.as_of,
      revision = excluded.revision
    WHERE items.as_of <= excluded.as_of`;
};

const keepPurchase = (
  tx: Transaction,
  { productId, buyerId, occurredAt, eventId }: ItemFact,
): Promise<unknown> =>
  tx.$executeRaw`
    INSERT INTO events (kind, product_id, actor_id, occurred_at, client_event_id)
    VALUES ('BOUGHT', ${productId}, ${buyerId}, ${occurredAt}, ${`fact ${eventId}`})
    ON CONFLICT (actor_id, client_event_id) DO NOTHING`;
