-- CreateEnum
CREATE TYPE "event_kind" AS ENUM ('VIEWED', 'ADDED_TO_CART', 'BOUGHT');

-- CreateEnum
CREATE TYPE "neighbour_kind" AS ENUM ('BOUGHT_TOGETHER', 'VIEWED_TOGETHER');

-- CreateTable
CREATE TABLE "events" (
    "id" BIGSERIAL NOT NULL,
    "kind" "event_kind" NOT NULL,
    "product_id" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "client_event_id" TEXT NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "events_product_id_check" CHECK (starts_with("product_id", 'product_')),
    CONSTRAINT "events_actor_id_check" CHECK (starts_with("actor_id", 'user_') OR starts_with("actor_id", 'session_'))
);

-- CreateTable
CREATE TABLE "neighbours" (
    "product_id" TEXT NOT NULL,
    "neighbour_id" TEXT NOT NULL,
    "kind" "neighbour_kind" NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "rank" INTEGER NOT NULL,

    CONSTRAINT "neighbours_pkey" PRIMARY KEY ("product_id", "neighbour_id"),
    CONSTRAINT "neighbours_neighbour_id_check" CHECK ("neighbour_id" <> "product_id"),
    CONSTRAINT "neighbours_score_check" CHECK ("score" > 0 AND "score" <= 1),
    CONSTRAINT "neighbours_rank_check" CHECK ("rank" >= 0)
);

-- CreateTable
CREATE TABLE "popularity" (
    "product_id" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "popularity_pkey" PRIMARY KEY ("product_id"),
    CONSTRAINT "popularity_score_check" CHECK ("score" > 0)
);

-- CreateTable
CREATE TABLE "computations" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "last_event_id" BIGINT NOT NULL,
    "events" INTEGER NOT NULL,

    CONSTRAINT "computations_pkey" PRIMARY KEY ("id"),
    -- There is one row.
    CONSTRAINT "computations_id_check" CHECK ("id" = 1)
);

-- CreateIndex
CREATE INDEX "events_actor_id_occurred_at_idx" ON "events"("actor_id", "occurred_at" DESC);

-- CreateIndex
CREATE INDEX "events_product_id_idx" ON "events"("product_id");

-- CreateIndex
CREATE UNIQUE INDEX "events_actor_id_client_event_id_key" ON "events"("actor_id", "client_event_id");

-- CreateIndex
CREATE INDEX "neighbours_product_id_rank_idx" ON "neighbours"("product_id", "rank");

-- CreateIndex
CREATE INDEX "popularity_score_idx" ON "popularity"("score" DESC);
