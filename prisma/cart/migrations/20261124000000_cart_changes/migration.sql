-- Whoever changes a cart, all processes of the service hear of it at COMMIT, on the channel
-- `cart_changed`: a user's cart by the user's id, because they may wait for a cart that is not there
-- yet; a guest's by its own. Every change of a cart counts its revision, so the lines need no trigger.
-- Inside one transaction PostgreSQL tells the same thing once.
CREATE FUNCTION "tell_cart_change"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            PERFORM pg_notify('cart_changed', coalesce(OLD.user_id, OLD.id));
        END IF;
        IF TG_OP <> 'DELETE' THEN
            PERFORM pg_notify('cart_changed', coalesce(NEW.user_id, NEW.id));
        END IF;
        RETURN NULL;
    END
    $$;

CREATE TRIGGER "carts_changed" AFTER UPDATE OR DELETE ON "carts"
    FOR EACH ROW EXECUTE FUNCTION "tell_cart_change"();

-- A guest's new cart is not told: nobody knows of it yet.
CREATE TRIGGER "carts_made" AFTER INSERT ON "carts"
    FOR EACH ROW WHEN (NEW.user_id IS NOT NULL) EXECUTE FUNCTION "tell_cart_change"();
