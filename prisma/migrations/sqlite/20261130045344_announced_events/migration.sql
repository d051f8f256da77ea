-- AlterTable
ALTER TABLE "TrustPosture" ADD COLUMN "announceAt" DATETIME;
ALTER TABLE "TrustPosture" ADD COLUMN "announced" TEXT;

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN "announceAt" DATETIME;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_NamedKeySource" (
    "organizationId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "urlStart" TEXT NOT NULL,
    "caCert" TEXT NOT NULL,
    "hasAlarms" BOOLEAN NOT NULL DEFAULT false,
    "alarmCount" INTEGER NOT NULL DEFAULT 0,
    "announced" TEXT NOT NULL DEFAULT '[]',
    "checkedAt" DATETIME NOT NULL,
    "dueAt" DATETIME,
    "isFailing" BOOLEAN NOT NULL DEFAULT false,
    "attemptedAt" DATETIME,

    PRIMARY KEY ("organizationId", "sourceId"),
    CONSTRAINT "NamedKeySource_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_NamedKeySource" ("alarmCount", "attemptedAt", "caCert", "checkedAt", "dueAt", "hasAlarms", "isFailing", "kind", "organizationId", "sourceId", "url", "urlStart") SELECT "alarmCount", "attemptedAt", "caCert", "checkedAt", "dueAt", "hasAlarms", "isFailing", "kind", "organizationId", "sourceId", "url", "urlStart" FROM "NamedKeySource";
DROP TABLE "NamedKeySource";
ALTER TABLE "new_NamedKeySource" RENAME TO "NamedKeySource";
CREATE INDEX "NamedKeySource_organizationId_urlStart_sourceId_idx" ON "NamedKeySource"("organizationId", "urlStart", "sourceId");
CREATE INDEX "NamedKeySource_organizationId_hasAlarms_urlStart_sourceId_idx" ON "NamedKeySource"("organizationId", "hasAlarms", "urlStart", "sourceId");
CREATE INDEX "NamedKeySource_sourceId_idx" ON "NamedKeySource"("sourceId");
CREATE INDEX "NamedKeySource_checkedAt_idx" ON "NamedKeySource"("checkedAt");
CREATE INDEX "NamedKeySource_isFailing_dueAt_idx" ON "NamedKeySource"("isFailing", "dueAt");
CREATE INDEX "NamedKeySource_attemptedAt_idx" ON "NamedKeySource"("attemptedAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "TrustPosture_announceAt_idx" ON "TrustPosture"("announceAt");

-- CreateIndex
CREATE INDEX "Incident_announceAt_idx" ON "Incident"("announceAt");
