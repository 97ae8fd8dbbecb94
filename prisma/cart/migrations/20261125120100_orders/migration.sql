-- CreateEnum
CREATE TYPE "order_state" AS ENUM ('PENDING', 'HELD', 'PAYING', 'PAID', 'SOLD', 'FAILED', 'EXPIRED', 'CANCELLED', 'REFUNDED');

-- CreateEnum
CREATE TYPE "shipment_state" AS ENUM ('PLANNED', 'OPEN', 'SHIPPED', 'RECEIVED', 'CANCELLED');

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "buyer_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "state" "order_state" NOT NULL DEFAULT 'PENDING',
    "currency_code" "currency_code" NOT NULL,
    "items_total" BIGINT NOT NULL,
    "shipping_total" BIGINT,
    "expected_total" BIGINT,
    "refunded_total" BIGINT NOT NULL DEFAULT 0,
    "payment_method" TEXT NOT NULL,
    "payment_id" TEXT,
    "address" JSONB,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_drive_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "paid_at" TIMESTAMPTZ(3),

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "orders_body_hash_check" CHECK (octet_length("body_hash") = 32),
    CONSTRAINT "orders_totals_check" CHECK ("items_total" >= 0 AND "shipping_total" >= 0),
    -- Nothing was captured where there is no payment.
    CONSTRAINT "orders_refunded_total_check" CHECK (
        "refunded_total" BETWEEN 0 AND CASE WHEN "payment_id" IS NULL THEN 0 ELSE "items_total" + "shipping_total" END
    ),
    CONSTRAINT "orders_payment_id_check" CHECK ("payment_id" IS NOT NULL OR "state" NOT IN ('PAID', 'SOLD', 'CANCELLED', 'REFUNDED')),
    CONSTRAINT "orders_shipping_total_check" CHECK ("shipping_total" IS NOT NULL OR "state" IN ('PENDING', 'FAILED', 'EXPIRED'))
);

-- CreateTable
CREATE TABLE "shipments" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "state" "shipment_state" NOT NULL DEFAULT 'PLANNED',
    "items_total" BIGINT NOT NULL,
    "shipping_total" BIGINT NOT NULL,
    "refunded_total" BIGINT NOT NULL DEFAULT 0,
    "tracking_code" TEXT,
    "shipped_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "shipments_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "shipments_totals_check" CHECK ("items_total" >= 0 AND "shipping_total" >= 0),
    CONSTRAINT "shipments_refunded_total_check" CHECK ("refunded_total" BETWEEN 0 AND "items_total" + "shipping_total")
);

-- CreateTable
CREATE TABLE "order_items" (
    "order_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "shipment_id" TEXT,
    "quantity" INTEGER NOT NULL,
    "price" BIGINT NOT NULL,
    "title" TEXT,
    "fence" TEXT,

    CONSTRAINT "order_items_pkey" PRIMARY KEY ("order_id", "product_id"),
    CONSTRAINT "order_items_quantity_check" CHECK ("quantity" BETWEEN 1 AND 99),
    CONSTRAINT "order_items_price_check" CHECK ("price" >= 0)
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "refunds_amount_check" CHECK ("amount" > 0)
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "orders_buyer_id_idempotency_key_key" ON "orders"("buyer_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "orders_buyer_id_id_idx" ON "orders"("buyer_id", "id");

-- What the sweeper looks for.
CREATE INDEX "orders_under_way_idx" ON "orders"("next_drive_at") WHERE "state" IN ('PENDING', 'HELD', 'PAYING', 'PAID');

-- CreateIndex
CREATE UNIQUE INDEX "shipments_order_id_seller_id_key" ON "shipments"("order_id", "seller_id");

-- CreateIndex
CREATE INDEX "shipments_seller_id_id_idx" ON "shipments"("seller_id", "id");

-- CreateIndex
CREATE INDEX "order_items_shipment_id_idx" ON "order_items"("shipment_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_shipment_id_idempotency_key_key" ON "refunds"("shipment_id", "idempotency_key");

-- What the dispatcher looks for.
CREATE INDEX "outbox_undelivered_idx" ON "outbox"("next_attempt_at") WHERE "delivered_at" IS NULL;

-- AddForeignKey
ALTER TABLE "shipments" ADD CONSTRAINT "shipments_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_shipment_id_fkey" FOREIGN KEY ("shipment_id") REFERENCES "shipments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_shipment_id_fkey" FOREIGN KEY ("shipment_id") REFERENCES "shipments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The ways of subgraphs/cart/orders.ts, kept here too: whatever a process believes, an order takes no
-- other. A test compares the two.
CREATE FUNCTION "refuse_other_way"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        IF (OLD.state::text, NEW.state::text) IN (
            ('PENDING', 'HELD'), ('PENDING', 'FAILED'), ('PENDING', 'EXPIRED'),
            ('HELD', 'PAYING'), ('HELD', 'FAILED'), ('HELD', 'EXPIRED'),
            ('PAYING', 'PAID'), ('PAYING', 'FAILED'),
            ('PAID', 'SOLD'), ('PAID', 'REFUNDED'),
            ('SOLD', 'CANCELLED'), ('SOLD', 'REFUNDED')
        ) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'an order does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END
    $$;

CREATE TRIGGER "orders_go_their_ways" BEFORE UPDATE OF "state" ON "orders"
    FOR EACH ROW EXECUTE FUNCTION "refuse_other_way"();

-- Every refund is counted where it is written, so that the checks of the counters bound all of them
-- together: never more than a shipment costs, nor than was captured for the order.
CREATE FUNCTION "count_refund"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        UPDATE orders SET refunded_total = refunded_total + NEW.amount WHERE id = NEW.order_id;
        UPDATE shipments SET refunded_total = refunded_total + NEW.amount WHERE id = NEW.shipment_id;
        RETURN NULL;
    END
    $$;

CREATE TRIGGER "refunds_counted" AFTER INSERT ON "refunds"
    FOR EACH ROW EXECUTE FUNCTION "count_refund"();

-- Whose account is deleted is forgotten as soon as nothing has to be sent to them any more.
ALTER TABLE "orders" ADD COLUMN "is_forgotten" BOOLEAN NOT NULL DEFAULT false;

CREATE FUNCTION "forget_address"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        IF NEW.state IN ('FAILED', 'EXPIRED', 'CANCELLED') OR (
            NEW.state IN ('SOLD', 'REFUNDED')
            AND NOT EXISTS (SELECT FROM shipments WHERE order_id = NEW.id AND state IN ('OPEN', 'SHIPPED'))
        ) THEN
            NEW.address = NULL;
        END IF;
        RETURN NEW;
    END
    $$;

-- After a shipment has changed its order is touched, so that this is asked again.
CREATE TRIGGER "orders_forgotten" BEFORE UPDATE ON "orders"
    FOR EACH ROW WHEN (NEW.is_forgotten) EXECUTE FUNCTION "forget_address"();
