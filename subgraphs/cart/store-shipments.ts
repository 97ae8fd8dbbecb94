import { Prisma, PrismaClient } from '../../generated/prisma/cart/client.ts';
import type { Database } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { done } from '../kit/outcomes.ts';
import type { PageRequest } from '../kit/pages.ts';
import type { Meant, ShipmentChange, ShipmentChanger } from './fulfilment.ts';
import type { OrderItem } from './orders.ts';
import type { Refund, Shipment } from './shipments.ts';
import { refundWhatIsLeft, writeRefund } from './store-refunds.ts';

export interface ShipmentReader {
  /** The shipments of orders, the first seller first. */
  readonly shipmentsOf: (orderIds: readonly string[]) => Promise<readonly Shipment[]>;
  /**
   * What a seller is to send or has sent, latest first, up to one more than the page holds, in the
   * direction of the request.
   *
   * @param cursor the id of a shipment
   */
  readonly salesOf: (
    sellerId: string,
    request: PageRequest,
    cursor: string | null,
  ) => Promise<readonly Shipment[]>;
}

export type ShipmentStore = ShipmentReader & ShipmentChanger;

/** The shipments' tables, in the words of the domain. */
export const createShipmentStore = ({
  prismaOptions,
}: Pick<Database, 'prismaOptions'>): ShipmentStore => {
  const prisma = new PrismaClient(prismaOptions);
  return {
    shipmentsOf: (orderIds) =>
      readShipments(prisma, Prisma.sql`order_id = ANY(${orderIds})`, Prisma.sql`shipments.id`),

    salesOf: (sellerId, { direction, size }, cursor) => {
      const isForward = direction === 'forward';
      const beyond = isForward ? Prisma.sql`<` : Prisma.sql`>`;
      const after =
        cursor === null ? Prisma.empty : Prisma.sql`AND shipments.id ${beyond} ${cursor}`;
      const order = isForward ? Prisma.sql`DESC` : Prisma.sql`ASC`;
      return readShipments(
        prisma,
        Prisma.sql`seller_id = ${sellerId} AND shipments.state <> 'PLANNED' ${after}`,
        Prisma.sql`shipments.id ${order} LIMIT ${size + 1}`,
      );
    },

    changeShipments: (meant, decide) =>
      prisma.$transaction(async (tx) => {
        const orderId = await lockOrder(tx, meant);
        if (orderId === null) return done([]);
        const isMeant =
          'orderId' in meant
            ? Prisma.sql`order_id = ${orderId}`
            : Prisma.sql`shipments.id = ${meant.shipmentId}`;
        const shipments = await readShipments(tx, isMeant, Prisma.sql`shipments.id`);
        const decided = shipments.map((shipment) => ({ shipment, outcome: decide(shipment) }));
        for (const { outcome } of decided) if (!outcome.done) return outcome;

        for (const { shipment, outcome } of decided) {
          if (outcome.done && outcome.result !== null) await write(tx, shipment, outcome.result);
        }
        await tx.$executeRaw`UPDATE orders SET updated_at = now() WHERE id = ${orderId}`;
        await endOrder(tx, orderId);
        return done(await readShipments(tx, isMeant, Prisma.sql`shipments.id`));
      }),
  };
};

/** Whoever changes a shipment holds its order's row, so that changes come one after the other. */
const lockOrder = async (tx: Prisma.TransactionClient, meant: Meant): Promise<string | null> => {
  const id =
    'orderId' in meant
      ? Prisma.sql`${meant.orderId}`
      : Prisma.sql`(SELECT order_id FROM shipments WHERE id = ${meant.shipmentId})`;
  const [order] = await tx.$queryRaw<{ readonly id: string }[]>`
    SELECT id FROM orders WHERE id = ${id} FOR UPDATE`;
  return order?.id ?? null;
};

const write = async (
  tx: Prisma.TransactionClient,
  { id, orderId, items }: Shipment,
  change: ShipmentChange,
): Promise<void> => {
  switch (change.kind) {
    case 'ship':
      await tx.$executeRaw`
        UPDATE shipments
        SET state = 'SHIPPED', shipped_at = now(), tracking_code = ${change.trackingCode}
        WHERE id = ${id}`;
      return;
    case 'receive':
      await tx.$executeRaw`
        UPDATE shipments SET state = 'RECEIVED', received_at = now() WHERE id = ${id}`;
      return;
    case 'cancel': {
      await tx.$executeRaw`
        UPDATE shipments SET state = 'CANCELLED', cancelled_at = now() WHERE id = ${id}`;
      await refundWhatIsLeft(tx, Prisma.sql`id = ${id}`);
      const productIds = items.map(({ productId }) => productId);
      return tell(tx, 'goods.return', { orderId, productIds, relist: change.relist });
    }
    case 'refund': {
      const { amount, idempotencyKey } = change;
      await writeRefund(tx, { orderId, shipmentId: id, idempotencyKey, amount });
      return;
    }
  }
};

/** An order whose last shipment was cancelled, or whose last money goes back, is at an end. */
const endOrder = async (tx: Prisma.TransactionClient, id: string): Promise<void> => {
  await tx.$executeRaw`
    UPDATE orders SET updated_at = now(), state = CASE
      WHEN NOT EXISTS (SELECT FROM shipments WHERE order_id = orders.id AND state <> 'CANCELLED')
        THEN 'CANCELLED'::order_state
      ELSE 'REFUNDED'
    END
    WHERE id = ${id} AND state = 'SOLD' AND refunded_total = items_total + shipping_total`;
};

type ShipmentRow = Omit<Shipment, 'items' | 'refunds'>;

/** Shipments with what is in them and what goes back, by three statements however many there are. */
const readShipments = async (
  prisma: Prisma.TransactionClient,
  condition: Prisma.Sql,
  sorted: Prisma.Sql,
): Promise<readonly Shipment[]> => {
  const shipments = await prisma.$queryRaw<ShipmentRow[]>`
    SELECT shipments.id, order_id AS "orderId", buyer_id AS "buyerId", seller_id AS "sellerId",
      shipments.state, currency_code AS "currencyCode", address,
      shipments.items_total AS "itemsTotal", shipments.shipping_total AS "shippingTotal",
      shipments.refunded_total AS "refundedTotal", tracking_code AS "trackingCode",
      shipped_at AS "shippedAt", received_at AS "receivedAt", cancelled_at AS "cancelledAt"
    FROM shipments JOIN orders ON orders.id = order_id
    WHERE ${condition} ORDER BY ${sorted}`;
  if (shipments.length === 0) return [];
  const ids = shipments.map(({ id }) => id);
  const items = await prisma.$queryRaw<OrderItem[]>`
    SELECT product_id AS "productId", shipment_id AS "shipmentId", quantity, price, title, fence
    FROM order_items WHERE shipment_id = ANY(${ids}) ORDER BY product_id`;
  const refunds = await prisma.$queryRaw<
    (Omit<Refund, 'currencyCode'> & { readonly shipmentId: string })[]
  >`
    SELECT id, shipment_id AS "shipmentId", idempotency_key AS "idempotencyKey", amount,
      created_at AS "createdAt", done_at AS "doneAt"
    FROM refunds WHERE shipment_id = ANY(${ids}) ORDER BY id`;
  return shipments.map((shipment) => ({
    ...shipment,
    items: items.filter(({ shipmentId }) => shipmentId === shipment.id),
    refunds: refunds
      .filter(({ shipmentId }) => shipmentId === shipment.id)
      .map(({ shipmentId: _, ...refund }) => ({
        ...refund,
        currencyCode: shipment.currencyCode,
      })),
  }));
};
