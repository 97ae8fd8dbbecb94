-- Whoever changes what a buyer pays or whether they can buy, all processes of the service hear of it at
-- COMMIT: the ids, a space between, on the channel `product_changed`. New items are not told: nobody can
-- wait for an id that nobody knows.
--
-- A statement tells all its items together, a hundred in a notification (a payload holds 7,999 bytes, an
-- id at most 64), so that an import of many is not slowed down by it.
CREATE FUNCTION "tell_product_changes"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        PERFORM pg_notify('product_changed', string_agg(id, ' '))
        FROM (
            SELECT id, (row_number() OVER () - 1) / 100 AS part
            FROM after_change JOIN before_change USING (id)
            WHERE octet_length(id) <= 64
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

CREATE TRIGGER "products_changed" AFTER UPDATE ON "products"
    REFERENCING OLD TABLE AS "before_change" NEW TABLE AS "after_change"
    FOR EACH STATEMENT EXECUTE FUNCTION "tell_product_changes"();
