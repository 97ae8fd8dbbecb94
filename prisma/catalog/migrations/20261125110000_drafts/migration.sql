-- By itself: a value of an enum can be used only after the transaction that adds it.
-- AlterEnum
ALTER TYPE "availability" ADD VALUE 'DRAFT' BEFORE 'AVAILABLE';
