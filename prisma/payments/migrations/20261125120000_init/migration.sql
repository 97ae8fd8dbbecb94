-- The ledger of the test payment provider: what was charged, declined and refunded. Nothing in it is
-- ever changed or deleted.
CREATE TABLE "charges" (
    "id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    -- Minor units.
    "amount" BIGINT NOT NULL,
    "currency_code" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    -- Why the card was declined; null where it was charged.
    "declined" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "charges_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "charges_amount_check" CHECK ("amount" > 0),
    CONSTRAINT "charges_currency_code_check" CHECK ("currency_code" ~ '^[A-Z]{3}$')
);

CREATE TABLE "refunds" (
    "id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "charge_id" TEXT NOT NULL,
    -- Minor units of the charge's currency.
    "amount" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "refunds_amount_check" CHECK ("amount" > 0),
    CONSTRAINT "refunds_charge_id_fkey" FOREIGN KEY ("charge_id") REFERENCES "charges" ("id")
);

-- First attempts that the card made fail before anything was charged.
CREATE TABLE "failed_attempts" (
    "idempotency_key" TEXT NOT NULL,

    CONSTRAINT "failed_attempts_pkey" PRIMARY KEY ("idempotency_key")
);

CREATE UNIQUE INDEX "charges_idempotency_key_key" ON "charges" ("idempotency_key");
CREATE UNIQUE INDEX "refunds_idempotency_key_key" ON "refunds" ("idempotency_key");
CREATE INDEX "refunds_charge_id_idx" ON "refunds" ("charge_id");

-- Whoever refunds holds the charge's row, so that refunds at once are counted one after the other.
CREATE FUNCTION "refuse_refund_above_charge"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    DECLARE
        charged BIGINT;
        refunded BIGINT;
    BEGIN
        SELECT amount INTO charged FROM charges WHERE id = NEW.charge_id AND declined IS NULL FOR UPDATE;
        SELECT coalesce(sum(amount), 0) INTO refunded FROM refunds WHERE charge_id = NEW.charge_id;
        IF charged IS NULL OR refunded + NEW.amount > charged THEN
            RAISE EXCEPTION 'more than was charged' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END
    $$;

CREATE TRIGGER "refunds_bounded" BEFORE INSERT ON "refunds"
    FOR EACH ROW EXECUTE FUNCTION "refuse_refund_above_charge"();

CREATE FUNCTION "refuse_change"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        RAISE EXCEPTION 'the ledger is only added to';
    END
    $$;

CREATE TRIGGER "charges_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "charges"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "refunds_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "refunds"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
