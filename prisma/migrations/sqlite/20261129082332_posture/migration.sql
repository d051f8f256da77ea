-- AlterTable
ALTER TABLE "AuditEntry" ADD COLUMN "overridden" TEXT;
ALTER TABLE "AuditEntry" ADD COLUMN "raised" TEXT;
ALTER TABLE "AuditEntry" ADD COLUMN "reason" TEXT;

-- CreateTable
CREATE TABLE "FindingMute" (
    "trustId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "until" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "byId" TEXT,
    "byName" TEXT,

    PRIMARY KEY ("trustId", "rule"),
    CONSTRAINT "FindingMute_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust" ("id") ON DELETE CASCADE ON UPDATE CASCADE
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

    PRIMARY KEY ("organizationId", "day"),
    CONSTRAINT "PostureDay_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "FindingMute_organizationId_until_idx" ON "FindingMute"("organizationId", "until");
