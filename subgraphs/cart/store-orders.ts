import { createHash } from 'node:crypto';
import { Prisma, PrismaClient } from '../../generated/prisma/cart/client.ts';
import type { Database } from '../kit/database.ts';
import { once } from '../kit/inbox.ts';
import type { CurrencyCode } from '../kit/money.ts';
import { tell } from '../kit/outbox.ts';
import type { PageRequest } from '../kit/pages.ts';
import type { DeliveryAddress } from './addresses.ts';
import type { CheckoutServices, Placed } from './checkout.ts';
import type { OrderClaims } from './driver.ts';
import type { OrderMover } from './driving.ts';
import type { CheckoutError } from './errors.ts';
import type { Move } from './moves.ts';
import { itemsTotalOf, type Order, type OrderDraft, type OrderItem } from './orders.ts';
import type { PaymentEvents } from './payments/webhooks.ts';
import { takeBoughtLines } from './store-lines.ts';
import { refundWhatIsLeft } from './store-refunds.ts';

export interface OrderReader {
  readonly find: (id: string) => Promise<Order | null>;
  /**
   * A buyer's orders, latest first, up to one more than the page holds, in the direction of the
   * request; those that came to nothing are left out.
   *
   * @param cursor the id of an order
   */
  readonly ordersOf: (
    buyerId: string,
    request: PageRequest,
    cursor: string | null,
  ) => Promise<readonly Order[]>;
}

export type OrderStore = CheckoutServices['orders'] &
  OrderClaims &
  OrderMover &
  OrderReader &
  PaymentEvents;

/** How long others keep away from an order after a step of it, in seconds. */
const CLAIM_S = 30;

/** How long a buyer may take from placing an order to paying it. */
const OVERDUE = Prisma.sql`interval '10 minutes'`;

const CLAIMED = Prisma.sql`now() + make_interval(secs => ${CLAIM_S})`;
const UNDER_WAY = Prisma.sql`state IN ('PENDING', 'HELD', 'PAYING', 'PAID')`;

/** The orders' tables, in the words of the domain. */
export const createOrderStore = ({
  prismaOptions,
}: Pick<Database, 'prismaOptions'>): OrderStore => {
  const prisma = new PrismaClient(prismaOptions);

  const find = async (id: string): Promise<Order | null> =>
    (await readOrders(prisma, Prisma.sql`id = ${id}`))[0] ?? null;

  const findByKey = async (buyerId: string, key: string): Promise<Placed | null> => {
    const condition = Prisma.sql`buyer_id = ${buyerId} AND idempotency_key = ${key}`;
    const [order] = await readOrders(prisma, condition);
    return order === undefined ? null : { order, bodyHash: order.bodyHash, isNew: false };
  };

  return {
    find,
    findByKey,

    place: async (draft) => {
      const isNew = await prisma.$transaction((tx) => insert(tx, draft));
      const placed = await findByKey(draft.buyerId, draft.idempotencyKey);
      if (placed === null) throw new Error('an order that was placed is there');
      return { ...placed, isNew };
    },

    claim: async (id) => {
      const claimed = await prisma.$executeRaw`
        UPDATE orders SET next_drive_at = ${CLAIMED}, attempts = attempts + 1
        WHERE id = ${id} AND ${UNDER_WAY} AND next_drive_at <= now()`;
      return claimed === 0 ? null : find(id);
    },

    claimLeft: async (atMost) => {
      const claimed = await prisma.$queryRaw<{ readonly id: string }[]>`
        UPDATE orders SET next_drive_at = ${CLAIMED}, attempts = attempts + 1
        WHERE id IN (
          SELECT id FROM orders WHERE ${UNDER_WAY} AND next_drive_at <= now()
          ORDER BY next_drive_at LIMIT ${atMost}
          FOR UPDATE SKIP LOCKED
        )
        RETURNING id`;
      const ids = claimed.map(({ id }) => id);
      return ids.length === 0 ? [] : readOrders(prisma, Prisma.sql`id = ANY(${ids})`);
    },

    putOff: async (id, waitMs) => {
      await prisma.$executeRaw`
        UPDATE orders SET next_drive_at = now() + make_interval(secs => ${waitMs / 1_000})
        WHERE id = ${id}`;
    },

    move: async (order, move) => {
      await prisma.$transaction(async (tx) => {
        if (await step(tx, order, move)) await follow(tx, order, move);
      });
      const moved = await find(order.id);
      if (moved === null) throw new Error('orders are never deleted');
      return moved;
    },

    noteEvent: (eventId, orderId) =>
      prisma.$transaction((tx) =>
        once(tx, uuidOf(eventId), async () => {
          await tx.$executeRaw`
            UPDATE orders SET next_drive_at = now() WHERE id = ${orderId} AND state = 'PAYING'`;
        }),
      ),

    ordersOf: (buyerId, { direction, size }, cursor) => {
      const isForward = direction === 'forward';
      const beyond = isForward ? Prisma.sql`<` : Prisma.sql`>`;
      const after = cursor === null ? Prisma.empty : Prisma.sql`AND id ${beyond} ${cursor}`;
      const order = isForward ? Prisma.sql`DESC` : Prisma.sql`ASC`;
      return readOrders(
        prisma,
        Prisma.sql`buyer_id = ${buyerId} AND state NOT IN ('FAILED', 'EXPIRED') ${after}`,
        Prisma.sql`ORDER BY id ${order} LIMIT ${size + 1}`,
      );
    },
  };
};

/** Always the same for the same text: ids of providers are of any form, those of the inbox are UUIDs. */
const uuidOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);

/** @returns false where there is an order under that key */
const insert = async (tx: Prisma.TransactionClient, draft: OrderDraft): Promise<boolean> => {
  const written = await tx.$executeRaw`
    INSERT INTO orders (
      id, buyer_id, idempotency_key, body_hash, currency_code, items_total, expected_total,
      payment_method, address, next_drive_at
    )
    VALUES (
      ${draft.id}, ${draft.buyerId}, ${draft.idempotencyKey}, ${draft.bodyHash},
      ${draft.currencyCode}::currency_code, ${itemsTotalOf(draft.items)}, ${draft.expectedTotal},
      ${draft.paymentMethod}, ${JSON.stringify(draft.address)}::jsonb, ${CLAIMED}
    )
    ON CONFLICT (buyer_id, idempotency_key) DO NOTHING`;
  if (written === 0) return false;
  const rows = draft.items.map(
    ({ productId, quantity, price }) =>
      Prisma.sql`(${draft.id}, ${productId}, ${quantity}, ${price})`,
  );
  await tx.$executeRaw`
    INSERT INTO order_items (order_id, product_id, quantity, price) VALUES ${Prisma.join(rows)}`;
  return true;
};

/** @returns false where somebody else has moved the order on */
const step = async (
  tx: Prisma.TransactionClient,
  { id, state }: Order,
  move: Move,
): Promise<boolean> => {
  const shippingTotal = move.to === 'HELD' ? move.shippingTotal : null;
  const paymentId = move.to === 'PAID' ? move.paymentId : null;
  const problems = 'problems' in move ? JSON.stringify(move.problems.map(problemJson)) : '[]';
  const moved = await tx.$executeRaw`
    UPDATE orders SET
      state = ${move.to}::order_state,
      shipping_total = coalesce(${shippingTotal}, shipping_total),
      payment_id = coalesce(${paymentId}, payment_id),
      paid_at = CASE WHEN ${paymentId}::text IS NULL THEN paid_at ELSE now() END,
      problems = ${problems}::jsonb,
      attempts = 0,
      next_drive_at = ${CLAIMED},
      updated_at = now()
    WHERE id = ${id} AND state = ${state}::order_state`;
  return moved === 1;
};

/** What is written together with a step. */
const follow = async (tx: Prisma.TransactionClient, order: Order, move: Move): Promise<void> => {
  switch (move.to) {
    case 'HELD':
      return writeShipments(tx, order, move);
    case 'PAID': {
      await takeBoughtLines(tx, order.buyerId, order.id);
      const items = order.items.map(({ productId, quantity }) => ({ productId, quantity }));
      return tell(tx, 'order.paid', { orderId: order.id, buyerId: order.buyerId, items });
    }
    case 'SOLD':
      await tx.$executeRaw`UPDATE shipments SET state = 'OPEN' WHERE order_id = ${order.id}`;
      return;
    case 'REFUNDED':
      return refundWhatIsLeft(tx, Prisma.sql`order_id = ${order.id}`);
    case 'EXPIRED':
      return tell(tx, 'holds.release', { orderId: order.id });
    case 'PAYING':
    case 'FAILED':
      return;
  }
};

const writeShipments = async (
  tx: Prisma.TransactionClient,
  order: Order,
  { shipments }: Extract<Move, { to: 'HELD' }>,
): Promise<void> => {
  const rows = shipments.map(
    (each) =>
      Prisma.sql`(${each.id}, ${order.id}, ${each.sellerId}, ${each.itemsTotal}, ${each.shippingTotal})`,
  );
  await tx.$executeRaw`
    INSERT INTO shipments (id, order_id, seller_id, items_total, shipping_total)
    VALUES ${Prisma.join(rows)}`;
  const items = shipments.flatMap(({ id, items }) =>
    items.map(
      ({ productId, title, fence }) => Prisma.sql`(${productId}, ${id}, ${title}, ${fence})`,
    ),
  );
  await tx.$executeRaw`
    UPDATE order_items SET shipment_id = held.shipment_id, title = held.title, fence = held.fence
    FROM (VALUES ${Prisma.join(items)}) AS held (product_id, shipment_id, title, fence)
    WHERE order_id = ${order.id} AND order_items.product_id = held.product_id`;
};

/** JSON has no amounts of any size. */
const problemJson = ({ price, ...rest }: CheckoutError) => ({
  ...rest,
  ...(price != null && { price: { ...price, minorUnits: String(price.minorUnits) } }),
});

type ProblemJson = Omit<CheckoutError, 'price'> & {
  readonly price?: { readonly minorUnits: string; readonly currencyCode: CurrencyCode };
};

const problemOf = ({ price, ...rest }: ProblemJson): CheckoutError => ({
  ...rest,
  price: price === undefined ? null : { ...price, minorUnits: BigInt(price.minorUnits) },
});

/** An order as it is kept. */
interface KeptOrder extends Order {
  readonly bodyHash: Uint8Array;
}

interface OrderRow extends Omit<KeptOrder, 'items' | 'problems'> {
  readonly address: DeliveryAddress | null;
  readonly problems: readonly ProblemJson[];
}

/** Orders with their items, by two statements however many there are. */
const readOrders = async (
  prisma: Prisma.TransactionClient,
  condition: Prisma.Sql,
  sorted: Prisma.Sql = Prisma.empty,
): Promise<readonly KeptOrder[]> => {
  const orders = await prisma.$queryRaw<OrderRow[]>`
    SELECT id, buyer_id AS "buyerId", body_hash AS "bodyHash", state, currency_code AS "currencyCode",
      items_total AS "itemsTotal", shipping_total AS "shippingTotal",
      expected_total AS "expectedTotal", refunded_total AS "refundedTotal",
      payment_method AS "paymentMethod", payment_id AS "paymentId", address, problems, attempts,
      created_at < now() - ${OVERDUE} AS "isOverdue", created_at AS "createdAt",
      paid_at AS "paidAt"
    FROM orders WHERE ${condition} ${sorted}`;
  if (orders.length === 0) return [];
  const items = await prisma.$queryRaw<(OrderItem & { readonly orderId: string })[]>`
    SELECT order_id AS "orderId", product_id AS "productId", shipment_id AS "shipmentId", quantity,
      price, title, fence
    FROM order_items WHERE order_id = ANY(${orders.map(({ id }) => id)}) ORDER BY product_id`;
  return orders.map((order) => ({
    ...order,
    items: items.filter(({ orderId }) => orderId === order.id),
    problems: order.problems.map(problemOf),
  }));
};
