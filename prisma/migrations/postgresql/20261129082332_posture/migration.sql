-- AlterTable
ALTER TABLE "AuditEntry" ADD COLUMN     "overridden" TEXT,
ADD COLUMN     "raised" TEXT,
ADD COLUMN     "reason" TEXT;

-- CreateTable
CREATE TABLE "FindingMute" (
    "trustId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "byId" TEXT,
    "byName" TEXT,

    CONSTRAINT "FindingMute_pkey" PRIMARY KEY ("trustId","rule")
);

-- CreateTable
CREATE TABLE "PostureDay" (
    "organizationId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "score" INTEGER,
    "critical" INTEGER NOT NULL,
    "high" INTEGER NOT NULL,
    "medium" INTEGER NOT NULL,
    "low" INTEGER NOT NULL,
    "info" INTEGER NOT NULL,

    CONSTRAINT "PostureDay_pkey" PRIMARY KEY ("organizationId","day")
);

-- CreateIndex
CREATE INDEX "FindingMute_organizationId_until_idx" ON "FindingMute"("organizationId", "until");

-- AddForeignKey
ALTER TABLE "FindingMute" ADD CONSTRAINT "FindingMute_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PostureDay" ADD CONSTRAINT "PostureDay_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
