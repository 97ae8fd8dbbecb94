-- AlterTable
ALTER TABLE "products"
    ALTER COLUMN "condition" DROP NOT NULL,
    ALTER COLUMN "price_amount" DROP NOT NULL,
    ALTER COLUMN "price_currency" DROP NOT NULL,
    ALTER COLUMN "category_id" DROP NOT NULL,
    -- Counts what the seller changes, not what buyers do.
    ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
    -- In the order to show them; what they are the media service knows.
    ADD COLUMN "media_ids" TEXT[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT "products_media_ids_check" CHECK (cardinality("media_ids") <= 12),
    -- Only a draft may leave open what a buyer has to know.
    ADD CONSTRAINT "products_complete_check" CHECK (
        "availability" = 'DRAFT'
        OR num_nulls("condition", "price_amount", "price_currency", "category_id") = 0
    ),
    ADD CONSTRAINT "products_price_check" CHECK (num_nulls("price_amount", "price_currency") <> 1),
    DROP CONSTRAINT "products_quantity_available_check",
    ADD CONSTRAINT "products_quantity_available_check" CHECK (
        CASE "availability"
            WHEN 'DRAFT' THEN "quantity_available" >= 1
            WHEN 'AVAILABLE' THEN "quantity_available" >= 1
            WHEN 'RESERVED' THEN "quantity_available" >= 0
            ELSE "quantity_available" = 0
        END
    );

-- What a seller sees of their own, whatever became of it.
-- CreateIndex
CREATE INDEX "products_by_seller" ON "products"("seller_id", "listed_at", "id");

-- A draft's words would show in the corrections of a search, and its changes in subscriptions: nothing is
-- learnt or told of it before it is for sale.
CREATE OR REPLACE FUNCTION "learn_search_words"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        INSERT INTO search_words (word)
        SELECT DISTINCT lexeme
        FROM changed, unnest(tsvector_to_array(changed.search_vector)) AS lexeme
        WHERE changed.availability <> 'DRAFT' AND lexeme ~ '^[[:alpha:]]{4,30}$'
        ORDER BY lexeme
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END
    $$;

CREATE OR REPLACE FUNCTION "learn_changed_search_words"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        INSERT INTO search_words (word)
        SELECT DISTINCT lexeme
        FROM after_change
        JOIN before_change USING (id),
        unnest(tsvector_to_array(after_change.search_vector)) AS lexeme
        WHERE after_change.availability <> 'DRAFT'
            AND (before_change.availability = 'DRAFT'
                OR after_change.search_vector <> before_change.search_vector)
            AND lexeme ~ '^[[:alpha:]]{4,30}$'
        ORDER BY lexeme
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END
    $$;

CREATE OR REPLACE FUNCTION "tell_product_changes"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        PERFORM pg_notify('product_changed', string_agg(id, ' '))
        FROM (
            SELECT id, (row_number() OVER () - 1) / 100 AS part
            FROM after_change JOIN before_change USING (id)
            WHERE octet_length(id) <= 64
                AND before_change.availability <> 'DRAFT'
                AND (after_change.price_amount, after_change.price_currency,
                     after_change.availability, after_change.quantity_available)
                    IS DISTINCT FROM
                    (before_change.price_amount, before_change.price_currency,
                     before_change.availability, before_change.quantity_available)
        ) changed
        GROUP BY part;
        RETURN NULL;
    END
    $$;
