-- The week in which something was put up for sale, counted from 1970. An interval does not depend on the
-- session's time zone.
CREATE FUNCTION "product_era"("listed_at" TIMESTAMPTZ) RETURNS INTEGER
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN floor(extract(epoch FROM "listed_at" - '1970-01-01 00:00:00+00'::timestamptz) / 604800)::integer;

-- A search for a word that stands in a tenth of all items wants the newest of them: with the week in the
-- index, the others are left out before they are read. As an array of one, because the index looks a list of
-- weeks up entry by entry, where for a range it would first collect all that lies in it.
DROP INDEX "products_for_sale_by_search_vector";
CREATE INDEX "products_for_sale_by_search_vector" ON "products"
    USING GIN ("search_vector", (ARRAY["product_era"("listed_at")])) WHERE "availability" = 'AVAILABLE';

-- By GiST, the nearest of 240,000 words took a walk through most of the index.
DROP INDEX "search_words_word_idx";
CREATE INDEX "search_words_word_idx" ON "search_words" USING GIN ("word" gin_trgm_ops);

-- Loads the library, so that its setting is known below.
SELECT show_limit();

-- Words that share some trigrams with what was typed, most alike first. A word of five letters of which two
-- were swapped shares a fifth of them; what shares less is no slip of the keyboard.
CREATE FUNCTION "alike_words"("typed" TEXT, "most" INTEGER) RETURNS TEXT[]
    LANGUAGE sql STABLE STRICT
    SET pg_trgm.similarity_threshold = 0.15
    AS $$ SELECT ARRAY(
        SELECT word FROM search_words WHERE word % typed ORDER BY word <-> typed, word LIMIT most
    ) $$;
