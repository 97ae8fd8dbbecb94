import pLimit from 'p-limit';
import { Prisma, type PrismaClient } from '../../generated/prisma/catalog/client.ts';
import type { CurrencyCode } from '../kit/money.ts';
import type { HoldStore, HoldWrite, Locked, Offer } from './holds.ts';

/** Half of the connections: those who want the same item wait for it, and readers must not. */
const MAX_AT_ONCE = 4;

type Transaction = Prisma.TransactionClient;

export const createHoldStore = (prisma: PrismaClient): HoldStore => {
  const turn = pLimit(MAX_AT_ONCE);
  return {
    changeHolds: (orderId, asked, decide) =>
      turn(() =>
        prisma.$transaction(async (tx) => {
          await lock(tx, orderId, asked);
          if (asked.length > 0) await releaseExpired(tx, asked);
          const decision = decide(await read(tx, orderId, asked));
          if (decision.problems.length > 0) return { holds: null, problems: decision.problems };
          if (decision.write !== null) await carryOut(tx, orderId, decision.write);
          return { holds: await readHolds(tx, orderId), problems: [] };
        }),
      ),
  };
};

/**
 * First the order, which may have no row yet, then its items in the order of their ids: whoever changes
 * holds does it in this order, so that nobody waits in a circle. Holds of an item are changed by who
 * has locked the item. What is read afterwards is read by statements of its own, which see what those
 * have written for whom the lock had to wait.
 */
const lock = async (tx: Transaction, orderId: string, asked: readonly string[]): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${orderId}, 0))`;
  await tx.$executeRaw`
    SELECT FROM products
    WHERE id = ANY(${asked} || ARRAY(SELECT product_id FROM holds WHERE order_id = ${orderId}))
    ORDER BY id
    FOR NO KEY UPDATE`;
};

const releaseExpired = (tx: Transaction, productIds: readonly string[]): Promise<unknown> =>
  tx.$executeRaw`
    UPDATE holds SET state = 'RELEASED', updated_at = now()
    WHERE product_id = ANY(${productIds}) AND state = 'HELD' AND held_until <= now()`;

const read = async (
  tx: Transaction,
  orderId: string,
  asked: readonly string[],
): Promise<Locked> => {
  const holder = await tx.holder.findUnique({ where: { orderId }, select: { buyerId: true } });
  const holds = holder === null ? [] : await readHolds(tx, orderId);
  const offers = holder === null ? await readOffers(tx, asked) : [];
  return { holder, holds, offers: new Map(offers.map((offer) => [offer.productId, offer])) };
};

interface Priced {
  readonly priceAmount: bigint;
  readonly priceCurrency: CurrencyCode;
}

/** The columns of a price as the price. */
const priced = <Row extends Priced>({ priceAmount, priceCurrency, ...row }: Row) => ({
  ...row,
  price: { minorUnits: priceAmount, currencyCode: priceCurrency },
});

const readHolds = async (tx: Transaction, orderId: string): Promise<Locked['holds']> => {
  const rows = await tx.$queryRaw<(Omit<Locked['holds'][number], 'price'> & Priced)[]>`
    SELECT h.product_id AS "productId", h.quantity, h.fence, h.state, h.held_until AS "heldUntil",
      h.price_amount AS "priceAmount", h.price_currency AS "priceCurrency",
      h.seller_id AS "sellerId", p.title, h.state = 'HELD' AND h.held_until <= now() AS "isExpired"
    FROM holds h JOIN products p ON p.id = h.product_id
    WHERE h.order_id = ${orderId}
    ORDER BY h.product_id`;
  return rows.map(priced);
};

const readOffers = async (
  tx: Transaction,
  productIds: readonly string[],
): Promise<readonly Offer[]> => {
  const rows = await tx.$queryRaw<(Omit<Offer, 'price'> & Priced)[]>`
    SELECT id AS "productId", seller_id AS "sellerId", quantity_available AS "quantityAvailable",
      price_amount AS "priceAmount", price_currency AS "priceCurrency"
    FROM products WHERE id = ANY(${productIds}) AND availability = 'AVAILABLE'`;
  return rows.map(priced);
};

const carryOut = async (tx: Transaction, orderId: string, write: HoldWrite): Promise<void> => {
  switch (write.kind) {
    case 'end':
      await tx.holder.create({ data: { orderId } });
      return;
    case 'hold':
      await tx.holder.create({ data: { orderId, buyerId: write.buyerId } });
      await insertHolds(tx, orderId, write);
      return;
    case 'move':
      await moveHolds(tx, orderId, write);
      return;
  }
};

const insertHolds = (
  tx: Transaction,
  orderId: string,
  { items, seconds }: Extract<HoldWrite, { kind: 'hold' }>,
): Promise<unknown> => {
  const rows = items.map(
    ({ productId, quantity, price: { minorUnits, currencyCode }, sellerId }) =>
      Prisma.sql`(${orderId}, ${productId}, ${quantity}, ${minorUnits},
        ${currencyCode}::currency_code, ${sellerId}, now() + make_interval(secs => ${seconds}))`,
  );
  return tx.$executeRaw`
    INSERT INTO holds (
      order_id, product_id, quantity, price_amount, price_currency, seller_id, held_until
    ) VALUES ${Prisma.join(rows)}`;
};

/** What is sold, or comes back, is told to other services by the same statement. */
const moveHolds = (
  tx: Transaction,
  orderId: string,
  { productIds, to, isWithdrawn }: Extract<HoldWrite, { kind: 'move' }>,
): Promise<unknown> =>
  tx.$executeRaw`
    WITH moved AS (
      UPDATE holds
      SET state = ${to}::hold_state, is_withdrawn = ${isWithdrawn}, updated_at = now()
      WHERE order_id = ${orderId} AND product_id = ANY(${productIds})
      RETURNING order_id, product_id, quantity, state
    )
    INSERT INTO outbox (topic, payload)
    SELECT CASE state WHEN 'SOLD' THEN 'item.sold' ELSE 'item.changed' END,
      jsonb_build_object('productId', product_id, 'quantity', quantity,
        'orderId', order_id, 'buyerId', buyer_id, 'occurredAt', now())
    FROM moved JOIN holders USING (order_id)
    WHERE state IN ('SOLD', 'RELEASED')`;
