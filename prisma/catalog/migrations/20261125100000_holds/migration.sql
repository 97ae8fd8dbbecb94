-- Pieces of items, kept for the orders of another service until these are paid for.

-- CreateEnum
CREATE TYPE "hold_state" AS ENUM ('HELD', 'PAYING', 'SOLD', 'RELEASED');

-- An order that holds, or held, something; without holds it ended before it held anything.
-- CreateTable
CREATE TABLE "holders" (
    "order_id" TEXT NOT NULL,
    "buyer_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "holders_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "holds" (
    "order_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    -- Drawn while the item's row is locked, so that of two holds of an item the later has the greater.
    "fence" BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
    "state" "hold_state" NOT NULL DEFAULT 'HELD',
    "price_amount" BIGINT NOT NULL,
    "price_currency" "currency_code" NOT NULL,
    "seller_id" TEXT NOT NULL,
    "held_until" TIMESTAMPTZ(3) NOT NULL,
    -- Of RELEASED pieces: that they do not come back on sale.
    "is_withdrawn" BOOLEAN NOT NULL DEFAULT FALSE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "holds_pkey" PRIMARY KEY ("order_id", "product_id"),
    CONSTRAINT "holds_quantity_check" CHECK ("quantity" BETWEEN 1 AND 999),
    CONSTRAINT "holds_is_withdrawn_check" CHECK ("state" = 'RELEASED' OR NOT "is_withdrawn")
);

-- CreateIndex
CREATE UNIQUE INDEX "holds_fence_key" ON "holds"("fence");

-- What expires, and when; of one item, and of all.
CREATE INDEX "holds_held_by_product" ON "holds"("product_id", "held_until") WHERE "state" = 'HELD';
CREATE INDEX "holds_held_until" ON "holds"("held_until") WHERE "state" = 'HELD';

-- AddForeignKey
ALTER TABLE "holds" ADD CONSTRAINT "holds_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "holders"("order_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was listed is what is left, held (HELD or PAYING) and sold. Only the trigger on holds moves
-- pieces from one to another.
-- AlterTable
ALTER TABLE "products"
    ADD COLUMN "quantity_held" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "quantity_sold" INTEGER NOT NULL DEFAULT 0,
    ADD CONSTRAINT "products_quantity_held_check" CHECK ("quantity_held" >= 0),
    ADD CONSTRAINT "products_quantity_sold_check" CHECK ("quantity_sold" >= 0),
    -- As it was, without an end: held pieces come back also where the seller has meanwhile added others.
    DROP CONSTRAINT "products_quantity_available_check",
    ADD CONSTRAINT "products_quantity_available_check" CHECK (
        CASE "availability"
            WHEN 'AVAILABLE' THEN "quantity_available" >= 1
            WHEN 'RESERVED' THEN "quantity_available" >= 0
            ELSE "quantity_available" = 0
        END
    );

-- Whether an item can be bought follows from its pieces, unless its seller took it off sale.
CREATE FUNCTION "availability_of"("current" "availability", "left" INTEGER, "held" INTEGER, "sold" INTEGER)
    RETURNS "availability"
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN "current" = 'WITHDRAWN' THEN 'WITHDRAWN'::"availability"
        WHEN "left" > 0 THEN 'AVAILABLE'::"availability"
        WHEN "held" > 0 THEN 'RESERVED'::"availability"
        WHEN "sold" > 0 THEN 'SOLD'::"availability"
        ELSE 'WITHDRAWN'::"availability"
    END;

-- Overselling fails here, whatever the program above does: pieces go from the item to the hold and
-- back in this place only, and products_quantity_available_check refuses fewer than none.
CREATE FUNCTION "move_pieces"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    DECLARE
        -- There is no OLD row of an INSERT: its state is null.
        held INTEGER := NEW.quantity * ((NEW.state IN ('HELD', 'PAYING'))::INTEGER
            - coalesce(OLD.state IN ('HELD', 'PAYING'), FALSE)::INTEGER);
        sold INTEGER := NEW.quantity * ((NEW.state = 'SOLD')::INTEGER
            - coalesce(OLD.state = 'SOLD', FALSE)::INTEGER);
        back INTEGER := CASE WHEN NEW.is_withdrawn THEN 0 ELSE - held - sold END;
    BEGIN
        IF TG_OP = 'INSERT' AND NEW.state <> 'HELD' THEN
            RAISE check_violation USING MESSAGE = 'a hold begins as HELD';
        END IF;
        IF TG_OP = 'UPDATE' AND (
            (NEW.order_id, NEW.product_id, NEW.quantity, NEW.fence) IS DISTINCT FROM
            (OLD.order_id, OLD.product_id, OLD.quantity, OLD.fence)
            OR NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
                ('HELD', 'PAYING'), ('PAYING', 'SOLD'),
                ('HELD', 'RELEASED'), ('PAYING', 'RELEASED'), ('SOLD', 'RELEASED'))
            OR NEW.state = OLD.state AND NEW.is_withdrawn <> OLD.is_withdrawn
        ) THEN
            RAISE check_violation USING MESSAGE =
                format('a hold cannot go from %s to %s', OLD.state, NEW.state);
        END IF;
        IF (held, sold) = (0, 0) THEN RETURN NULL; END IF;

        UPDATE products SET
            -- What comes back to an item that its seller took off sale stays off sale.
            quantity_available = CASE availability WHEN 'WITHDRAWN' THEN 0 ELSE quantity_available + back END,
            quantity_held = quantity_held + held,
            quantity_sold = quantity_sold + sold,
            availability = availability_of(
                availability, quantity_available + back, quantity_held + held, quantity_sold + sold),
            updated_at = now()
        WHERE id = NEW.product_id AND (TG_OP = 'UPDATE' OR availability = 'AVAILABLE');
        IF NOT FOUND THEN
            RAISE check_violation USING MESSAGE = format('%s is not for sale', NEW.product_id);
        END IF;
        RETURN NULL;
    END
    $$;

CREATE TRIGGER "holds_changed" AFTER INSERT OR UPDATE ON "holds"
    FOR EACH ROW EXECUTE FUNCTION "move_pieces"();

-- Its pieces would be lost.
CREATE FUNCTION "refuse_to_forget_holds"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE check_violation USING MESSAGE = 'a hold is released, not deleted'; END $$;

CREATE TRIGGER "holds_deleted" BEFORE DELETE ON "holds"
    FOR EACH ROW EXECUTE FUNCTION "refuse_to_forget_holds"();

-- A hold changes the pieces of an item and not its words: what is learnt from an UPDATE is new words only.
CREATE FUNCTION "learn_changed_search_words"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        INSERT INTO search_words (word)
        SELECT DISTINCT lexeme
        FROM after_change
        JOIN before_change USING (id),
        unnest(tsvector_to_array(after_change.search_vector)) AS lexeme
        WHERE after_change.search_vector <> before_change.search_vector
            AND lexeme ~ '^[[:alpha:]]{4,30}$'
        ORDER BY lexeme
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END
    $$;

DROP TRIGGER "products_updated" ON "products";
CREATE TRIGGER "products_updated" AFTER UPDATE ON "products"
    REFERENCING OLD TABLE AS "before_change" NEW TABLE AS "after_change"
    FOR EACH STATEMENT EXECUTE FUNCTION "learn_changed_search_words"();

-- Facts for other services, written in the transaction that they are facts of and delivered later.
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

CREATE INDEX "outbox_undelivered" ON "outbox"("next_attempt_at") WHERE "delivered_at" IS NULL;
