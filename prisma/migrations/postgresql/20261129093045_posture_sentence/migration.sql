-- AlterTable
ALTER TABLE "TrustPosture" ADD COLUMN     "presetId" TEXT,
ADD COLUMN     "sentence" TEXT NOT NULL DEFAULT '';
