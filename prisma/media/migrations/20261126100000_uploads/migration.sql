-- What people upload belongs to them, and is for everyone only while a public listing shows it. What
-- nobody uploaded (the example market, imports) is for everyone.
ALTER TABLE "media_items"
    ADD COLUMN "uploader_id" TEXT,
    ADD COLUMN "is_public" BOOLEAN NOT NULL DEFAULT true,
    ADD CONSTRAINT "media_items_uploader_check" CHECK (starts_with("uploader_id", 'user_')),
    ADD CONSTRAINT "media_items_private_check" CHECK ("is_public" OR "uploader_id" IS NOT NULL),
    DROP CONSTRAINT "media_items_source_check",
    ADD CONSTRAINT "media_items_source_check" CHECK (
        CASE "kind"
            WHEN 'IMAGE' THEN "source" ->> 'kind' IN ('drawn', 'portrait', 'still', 'file')
            WHEN 'VIDEO' THEN "source" ->> 'kind' IN ('clip', 'film')
        END IS TRUE
    );

-- Two people may upload the same photograph; an imported one is one row, as before.
DROP INDEX "media_items_photograph_key";
CREATE UNIQUE INDEX "media_items_photograph_key" ON "media_items"("digest")
    WHERE "source" ->> 'kind' = 'file' AND "uploader_id" IS NULL;

-- CreateTable
CREATE TABLE "listings" (
    "product_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "is_public" BOOLEAN NOT NULL,

    CONSTRAINT "listings_pkey" PRIMARY KEY ("product_id"),
    CONSTRAINT "listings_product_id_check" CHECK (starts_with("product_id", 'product_'))
);

-- CreateEnum
CREATE TYPE "upload_state" AS ENUM ('EXPECTED', 'RECEIVED', 'DONE', 'REFUSED');

-- CreateTable
CREATE TABLE "uploads" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" "media_kind" NOT NULL,
    "alt" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "state" "upload_state" NOT NULL DEFAULT 'EXPECTED',
    "file" TEXT,
    "media_id" TEXT,
    "refusal_code" TEXT,
    "refusal_message" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "uploads_id_check" CHECK (starts_with("id", 'upload_')),
    CONSTRAINT "uploads_bytes_check" CHECK ("bytes" > 0),
    CONSTRAINT "uploads_state_check" CHECK (
        CASE "state"
            WHEN 'EXPECTED' THEN "file" IS NULL AND "media_id" IS NULL
            WHEN 'RECEIVED' THEN "file" IS NOT NULL AND "media_id" IS NULL
            WHEN 'DONE' THEN "refusal_code" IS NULL
            WHEN 'REFUSED' THEN "media_id" IS NULL AND "refusal_code" IS NOT NULL AND "refusal_message" IS NOT NULL
        END IS TRUE
    )
);

-- CreateEnum
CREATE TYPE "packaging_state" AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'FAILED');

-- CreateTable
CREATE TABLE "packaging_jobs" (
    "video_id" TEXT NOT NULL,
    "state" "packaging_state" NOT NULL DEFAULT 'QUEUED',
    "fence" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "progress" INTEGER NOT NULL DEFAULT 0,
    -- Nobody takes the job up before: it is being done, or is to be tried again then.
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "packaging_jobs_pkey" PRIMARY KEY ("video_id"),
    CONSTRAINT "packaging_jobs_progress_check" CHECK ("progress" BETWEEN 0 AND 100)
);

-- CreateTable
CREATE TABLE "film_renditions" (
    "video_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bandwidth" INTEGER NOT NULL,
    "codecs" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "playlist" TEXT NOT NULL,

    CONSTRAINT "film_renditions_pkey" PRIMARY KEY ("video_id", "name")
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "uploads_user_id_idx" ON "uploads"("user_id");

-- CreateIndex
CREATE INDEX "uploads_expires_at_idx" ON "uploads"("expires_at") WHERE "state" <> 'DONE';

-- CreateIndex
CREATE INDEX "packaging_jobs_not_before_idx" ON "packaging_jobs"("not_before") WHERE "state" IN ('QUEUED', 'RUNNING');

-- AddForeignKey
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media_items"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "packaging_jobs" ADD CONSTRAINT "packaging_jobs_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "media_items"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "film_renditions" ADD CONSTRAINT "film_renditions_video_id_fkey" FOREIGN KEY ("video_id") REFERENCES "media_items"("id") ON DELETE CASCADE ON UPDATE CASCADE;
