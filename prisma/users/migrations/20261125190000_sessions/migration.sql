-- CreateEnum
CREATE TYPE "currency_code" AS ENUM ('EUR', 'GBP', 'USD');

-- AlterTable
ALTER TABLE "users" ALTER COLUMN "email" DROP NOT NULL,
    ALTER COLUMN "password_hash" DROP NOT NULL,
    ADD COLUMN "deleted_at" TIMESTAMPTZ(3),
    -- A deleted account keeps nothing that it could be opened or written to by; any other has both.
    ADD CONSTRAINT "users_deleted_check" CHECK (
        ("deleted_at" IS NULL AND "email" IS NOT NULL AND "password_hash" IS NOT NULL)
        OR ("deleted_at" IS NOT NULL AND "email" IS NULL AND "password_hash" IS NULL)
    );

-- CreateTable
CREATE TABLE "preferences" (
    "user_id" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "currency" "currency_code" NOT NULL,
    "wants_order_emails" BOOLEAN NOT NULL,
    "wants_news_emails" BOOLEAN NOT NULL,

    CONSTRAINT "preferences_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "device" TEXT,
    "family_hash" BYTEA NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "previous_token_hash" BYTEA,
    "salt" BYTEA,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "id" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "sealed_key" TEXT NOT NULL,
    "signs_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("id")
);

-- Counts of the last minute are not worth a write-ahead log.
CREATE UNLOGGED TABLE "password_attempts" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_attempts_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sessions_family_hash_key" ON "sessions"("family_hash");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- What is still to be delivered, in the order of its turn.
CREATE INDEX "outbox_undelivered" ON "outbox"("next_attempt_at") WHERE "delivered_at" IS NULL;

-- AddForeignKey
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
