CREATE EXTENSION IF NOT EXISTS citext;

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" CITEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "handle" CITEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "member_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "roles" TEXT[] DEFAULT ARRAY['buyer']::TEXT[],

    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "users_roles_check" CHECK ("roles" <@ ARRAY['buyer', 'seller', 'admin']::TEXT[])
);

-- CreateTable
CREATE TABLE "seller_profiles" (
    "user_id" TEXT NOT NULL,
    "biography" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "dispatch_days" INTEGER NOT NULL,
    "rating_sum" INTEGER NOT NULL DEFAULT 0,
    "rating_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "seller_profiles_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "seller_profiles_dispatch_days_check" CHECK ("dispatch_days" BETWEEN 1 AND 30),
    -- One to five stars a rating.
    CONSTRAINT "seller_profiles_rating_check" CHECK ("rating_sum" BETWEEN "rating_count" AND 5 * "rating_count")
);

-- CreateTable
CREATE TABLE "addresses" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "lines" TEXT[],
    "city" TEXT NOT NULL,
    "postal_code" TEXT,
    "country_code" CHAR(2) NOT NULL,
    "is_default" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "addresses_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "addresses_lines_check" CHECK (cardinality("lines") BETWEEN 1 AND 3)
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_handle_key" ON "users"("handle");

-- CreateIndex
CREATE INDEX "addresses_user_id_idx" ON "addresses"("user_id");

-- One default address a user, whatever the application does.
CREATE UNIQUE INDEX "addresses_one_default" ON "addresses"("user_id") WHERE "is_default";

-- AddForeignKey
ALTER TABLE "seller_profiles" ADD CONSTRAINT "seller_profiles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
