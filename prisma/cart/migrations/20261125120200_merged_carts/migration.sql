-- A guest's cart that went into a user's opens no more. It is remembered, so that the same merge asked
-- for again is known to be done.
ALTER TABLE "carts" ADD COLUMN "merged_into" TEXT;

ALTER TABLE "carts" ADD CONSTRAINT "carts_merged_into_fkey" FOREIGN KEY ("merged_into") REFERENCES "carts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "carts_merged_into_idx" ON "carts"("merged_into");
