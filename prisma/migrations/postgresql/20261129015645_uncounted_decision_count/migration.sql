-- AlterTable
ALTER TABLE "UncountedDecision" ADD COLUMN     "count" INTEGER NOT NULL DEFAULT 1;
