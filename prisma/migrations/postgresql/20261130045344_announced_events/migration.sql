-- AlterTable
ALTER TABLE "TrustPosture" ADD COLUMN     "announceAt" TIMESTAMP(3),
ADD COLUMN     "announced" TEXT;

-- AlterTable
ALTER TABLE "NamedKeySource" ADD COLUMN     "announced" TEXT NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "announceAt" TIMESTAMP(3);

-- CreateIndex
CREATE INDEX "TrustPosture_announceAt_idx" ON "TrustPosture"("announceAt");

-- CreateIndex
CREATE INDEX "Incident_announceAt_idx" ON "Incident"("announceAt");
