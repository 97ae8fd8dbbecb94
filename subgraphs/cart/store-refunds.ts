import { Prisma, PrismaClient } from '../../generated/prisma/cart/client.ts';
import type { Database } from '../kit/database.ts';
import { newId } from '../kit/ids.ts';
import type { Price } from '../kit/money.ts';
import { tell } from '../kit/outbox.ts';

/** Money that is to go back, in minor units of the order's currency. */
export interface RefundDraft {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly idempotencyKey: string;
  readonly amount: bigint;
}

/**
 * Writes a refund, which the outbox then asks the provider for. The database counts it, and refuses
 * what passes the shipment's or the order's total.
 *
 * @returns its id
 */
export const writeRefund = async (
  tx: Prisma.TransactionClient,
  { orderId, shipmentId, idempotencyKey, amount }: RefundDraft,
): Promise<string> => {
  const id = newId('refund');
  await tx.$executeRaw`
    INSERT INTO refunds (id, order_id, shipment_id, idempotency_key, amount)
    VALUES (${id}, ${orderId}, ${shipmentId}, ${idempotencyKey}, ${amount})`;
  await tell(tx, 'refund', { refundId: id });
  return id;
};

/** Gives back whatever was not given back yet of these shipments; their order is locked. */
export const refundWhatIsLeft = async (
  tx: Prisma.TransactionClient,
  ofShipments: Prisma.Sql,
): Promise<void> => {
  const left = await tx.$queryRaw<{ id: string; orderId: string; amount: bigint }[]>(Prisma.sql`
    SELECT id, order_id AS "orderId", items_total + shipping_total - refunded_total AS amount
    FROM shipments WHERE ${ofShipments} ORDER BY id FOR UPDATE`);
  for (const { id, orderId, amount } of left) {
    if (amount === 0n) continue;
    await writeRefund(tx, { orderId, shipmentId: id, idempotencyKey: `whole ${id}`, amount });
  }
};

/** A refund that the provider is to do. */
export interface PendingRefund {
  readonly paymentId: string;
  readonly amount: Price;
}

export interface RefundStore {
  /** Null where it is done already. */
  readonly pendingRefund: (id: string) => Promise<PendingRefund | null>;
  readonly markRefunded: (id: string) => Promise<void>;
}

export const createRefundStore = ({
  prismaOptions,
}: Pick<Database, 'prismaOptions'>): RefundStore => {
  const prisma = new PrismaClient(prismaOptions);
  return {
    pendingRefund: async (id) => {
      const [row] = await prisma.$queryRaw<(Price & { readonly paymentId: string })[]>`
        SELECT payment_id AS "paymentId", amount AS "minorUnits", currency_code AS "currencyCode"
        FROM refunds JOIN orders ON orders.id = order_id
        WHERE refunds.id = ${id} AND done_at IS NULL`;
      if (row === undefined) return null;
      const { paymentId, ...amount } = row;
      return { paymentId, amount };
    },
    markRefunded: async (id) => {
      await prisma.$executeRaw`UPDATE refunds SET done_at = now() WHERE id = ${id}`;
    },
  };
};
