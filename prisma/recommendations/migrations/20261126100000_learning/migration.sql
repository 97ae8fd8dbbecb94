-- AlterEnum
ALTER TYPE "neighbour_kind" ADD VALUE 'SIMILAR';

-- AlterTable: the weights of a model are no cosines.
ALTER TABLE "neighbours" DROP CONSTRAINT "neighbours_score_check",
    ADD CONSTRAINT "neighbours_score_check" CHECK ("score" > 0);

-- CreateTable
CREATE TABLE "items" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "brand" TEXT,
    "category_id" TEXT NOT NULL,
    "price_amount" BIGINT NOT NULL,
    "price_currency" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "is_available" BOOLEAN NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL,
    "revision" BIGSERIAL NOT NULL,

    CONSTRAINT "items_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "items_id_check" CHECK (starts_with("id", 'product_'))
);

-- CreateTable
CREATE TABLE "inbox" (
    "id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "items_revision_idx" ON "items"("revision" DESC);

-- AlterTable
ALTER TABLE "computations" ADD COLUMN "last_revision" BIGINT NOT NULL DEFAULT 0;

-- What was learnt before was learnt by another model: it is learnt anew.
UPDATE "computations" SET "last_event_id" = 0;
