-- AlterTable
ALTER TABLE "Stream" ADD COLUMN     "numbered" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "pending" TEXT;

-- Numbers that were given already are not given again.
UPDATE "Stream" SET "numbered" = "sent";
