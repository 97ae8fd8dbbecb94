-- Both are trusted: the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Lower-case words of letters and digits, without accents, a space between: what is searched and what
-- is looked for go through the same mill. unaccent() is only STABLE, because the rules of a dictionary
-- can be changed; nobody changes those of this one, so that a generated column may use it.
CREATE FUNCTION "product_words"("text" TEXT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN btrim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, "text")), '[^[:alnum:]]+', ' ', 'g'));

-- Each word as its English stem, so that "cameras" finds "camera", and as it stands, so that the
-- beginning of a word finds it. Title and brand weigh most (A), the description least (D).
CREATE FUNCTION "product_search_vector"("title" TEXT, "brand" TEXT, "description" TEXT) RETURNS TSVECTOR
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(to_tsvector('pg_catalog.english'::regconfig, product_words("title" || ' ' || coalesce("brand", ''))), 'A')
        || setweight(to_tsvector('pg_catalog.simple'::regconfig, product_words("title" || ' ' || coalesce("brand", ''))), 'A')
        || setweight(to_tsvector('pg_catalog.english'::regconfig, product_words("description")), 'D')
        || setweight(to_tsvector('pg_catalog.simple'::regconfig, product_words("description")), 'D');

-- CreateEnum
CREATE TYPE "condition" AS ENUM ('NEW', 'LIKE_NEW', 'VERY_GOOD', 'GOOD', 'FAIR');

-- CreateEnum
CREATE TYPE "availability" AS ENUM ('AVAILABLE', 'RESERVED', 'SOLD', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "currency_code" AS ENUM ('EUR', 'GBP', 'USD');

-- CreateTable
CREATE TABLE "categories" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" TEXT,
    "position" INTEGER NOT NULL,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "categories_slug_check" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT "categories_parent_id_check" CHECK ("parent_id" <> "id")
);

-- CreateTable
CREATE TABLE "products" (
    "id" TEXT NOT NULL,
    "import_key" TEXT,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "condition" "condition" NOT NULL,
    "brand" TEXT,
    "price_amount" BIGINT NOT NULL,
    "price_currency" "currency_code" NOT NULL,
    "category_id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "availability" "availability" NOT NULL DEFAULT 'AVAILABLE',
    "quantity_available" INTEGER NOT NULL DEFAULT 1,
    "attributes" JSONB NOT NULL DEFAULT '[]',
    "listed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search_vector" TSVECTOR GENERATED ALWAYS AS (product_search_vector("title", "brand", "description")) STORED,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "products_title_check" CHECK (char_length("title") BETWEEN 3 AND 140),
    CONSTRAINT "products_description_check" CHECK (char_length("description") <= 5000),
    CONSTRAINT "products_brand_check" CHECK (char_length("brand") BETWEEN 1 AND 60),
    CONSTRAINT "products_price_amount_check" CHECK ("price_amount" BETWEEN 1 AND 100000000),
    CONSTRAINT "products_attributes_check" CHECK (jsonb_typeof("attributes") = 'array' AND jsonb_array_length("attributes") <= 20),
    -- What can be bought is there, what is gone is not; of what someone is buying, the last piece may be held.
    CONSTRAINT "products_quantity_available_check" CHECK (
        CASE "availability"
            WHEN 'AVAILABLE' THEN "quantity_available" BETWEEN 1 AND 999
            WHEN 'RESERVED' THEN "quantity_available" BETWEEN 0 AND 999
            ELSE "quantity_available" = 0
        END
    )
);

-- The lexemes of all search vectors that are worth correcting a slip to: letters only, at least four.
-- Kept for good, like the words of a dictionary. In byte order, so that the beginning of a word is a
-- stretch of the primary key.
-- CreateTable
CREATE TABLE "search_words" (
    "word" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "search_words_pkey" PRIMARY KEY ("word")
);

-- CreateIndex
CREATE INDEX "search_words_word_idx" ON "search_words" USING GIST ("word" gist_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "categories_slug_key" ON "categories"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "products_import_key_key" ON "products"("import_key");

-- CreateIndex
CREATE INDEX "products_category_id_idx" ON "products"("category_id");

-- Lists hold what is for sale only, so that their indexes stay small while the table keeps all that
-- was ever sold. The id is in them because it breaks ties.
CREATE INDEX "products_for_sale_by_listed_at" ON "products"("listed_at", "id") WHERE "availability" = 'AVAILABLE';
CREATE INDEX "products_for_sale_by_price" ON "products"("price_amount", "id") WHERE "availability" = 'AVAILABLE';
CREATE INDEX "products_for_sale_by_seller" ON "products"("seller_id", "listed_at", "id") WHERE "availability" = 'AVAILABLE';
CREATE INDEX "products_for_sale_by_category" ON "products"("category_id", "listed_at", "id") WHERE "availability" = 'AVAILABLE';
CREATE INDEX "products_for_sale_by_brand" ON "products"(lower("brand")) WHERE "availability" = 'AVAILABLE';
CREATE INDEX "products_for_sale_by_search_vector" ON "products" USING GIN ("search_vector") WHERE "availability" = 'AVAILABLE';

-- AddForeignKey
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "products" ADD CONSTRAINT "products_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whatever writes a product, its words become known; in one order, so that writers at the same time
-- wait for one another and never in a circle.
CREATE FUNCTION "learn_search_words"() RETURNS TRIGGER
    LANGUAGE plpgsql
    AS $$
    BEGIN
        INSERT INTO search_words (word)
        SELECT DISTINCT lexeme
        FROM changed, unnest(tsvector_to_array(changed.search_vector)) AS lexeme
        WHERE lexeme ~ '^[[:alpha:]]{4,30}$'
        ORDER BY lexeme
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END
    $$;

CREATE TRIGGER "products_inserted" AFTER INSERT ON "products"
    REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "learn_search_words"();

CREATE TRIGGER "products_updated" AFTER UPDATE ON "products"
    REFERENCING NEW TABLE AS "changed" FOR EACH STATEMENT EXECUTE FUNCTION "learn_search_words"();
