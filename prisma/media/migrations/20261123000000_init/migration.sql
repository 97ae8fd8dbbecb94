-- CreateEnum
CREATE TYPE "media_kind" AS ENUM ('IMAGE', 'VIDEO');

-- CreateEnum
CREATE TYPE "owner_kind" AS ENUM ('PRODUCT', 'USER');

-- CreateTable
CREATE TABLE "media_items" (
    "id" TEXT NOT NULL,
    "kind" "media_kind" NOT NULL,
    "alt" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "mime_type" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "placeholder" TEXT,
    "duration_seconds" DECIMAL(8,1),
    "poster_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "media_items_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "media_items_id_check" CHECK (starts_with("id", lower("kind"::TEXT) || '_')),
    CONSTRAINT "media_items_size_check" CHECK ("width" > 0 AND "height" > 0),
    -- It stands in URLs and in names of files.
    CONSTRAINT "media_items_digest_check" CHECK ("digest" ~ '^[0-9a-f]{32}$'),
    CONSTRAINT "media_items_source_check" CHECK (
        CASE "kind"
            WHEN 'IMAGE' THEN "source" ->> 'kind' IN ('drawn', 'portrait', 'still', 'file')
            WHEN 'VIDEO' THEN "source" ->> 'kind' IN ('clip')
        END IS TRUE
    ),
    CONSTRAINT "media_items_path_check" CHECK (
        "source" ->> 'kind' <> 'file' OR ("source" ->> 'path' ~ '^[a-z0-9]+(/[a-z0-9]+)*\.[a-z0-9]+$') IS TRUE
    ),
    -- Only of a drawing can a preview be had without the picture.
    CONSTRAINT "media_items_placeholder_check" CHECK (
        starts_with("placeholder", 'data:') IS TRUE
        OR ("placeholder" IS NULL AND "source" ->> 'kind' IN ('drawn', 'portrait'))
    ),
    CONSTRAINT "media_items_video_check" CHECK (
        CASE "kind"
            WHEN 'IMAGE' THEN "duration_seconds" IS NULL AND "poster_id" IS NULL
            WHEN 'VIDEO' THEN "duration_seconds" > 0
        END IS TRUE
    )
);

-- CreateTable
CREATE TABLE "attachments" (
    "owner_kind" "owner_kind" NOT NULL,
    "owner_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "media_id" TEXT NOT NULL,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("owner_kind", "owner_id", "position"),
    CONSTRAINT "attachments_owner_id_check" CHECK (starts_with("owner_id", lower("owner_kind"::TEXT) || '_')),
    -- The schema promises at most 12.
    CONSTRAINT "attachments_position_check" CHECK ("position" BETWEEN 0 AND 11)
);

-- The same photograph is one row, however often it is imported.
CREATE UNIQUE INDEX "media_items_photograph_key" ON "media_items"("digest") WHERE "source" ->> 'kind' = 'file';

-- CreateIndex
CREATE INDEX "attachments_media_id_idx" ON "attachments"("media_id");

-- AddForeignKey
ALTER TABLE "media_items" ADD CONSTRAINT "media_items_poster_id_fkey" FOREIGN KEY ("poster_id") REFERENCES "media_items"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media_items"("id") ON DELETE CASCADE ON UPDATE CASCADE;
