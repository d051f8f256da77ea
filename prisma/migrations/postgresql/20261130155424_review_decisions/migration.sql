-- AlterTable
ALTER TABLE "AccessReview" ADD COLUMN     "collectedAt" TIMESTAMP(3),
ADD COLUMN     "looked" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "total" INTEGER;

-- AlterTable
ALTER TABLE "AccessReviewItem" ADD COLUMN     "aside" TEXT,
ADD COLUMN     "former" TEXT,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- Reviews of older versions whose items had all been taken.
UPDATE "AccessReview" SET "collectedAt" = "createdAt" WHERE "state" <> 'collecting';
