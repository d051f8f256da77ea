-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_TrustPosture" (
    "trustId" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "judgedBy" TEXT NOT NULL,
    "judgedAt" DATETIME NOT NULL,
    "presetId" TEXT,
    "sentence" TEXT NOT NULL DEFAULT '',
    "found" TEXT NOT NULL,
    "stories" INTEGER,
    "admitted" INTEGER,
    CONSTRAINT "TrustPosture_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_TrustPosture" ("admitted", "found", "judgedAt", "judgedBy", "organizationId", "stories", "trustId", "version") SELECT "admitted", "found", "judgedAt", "judgedBy", "organizationId", "stories", "trustId", "version" FROM "TrustPosture";
DROP TABLE "TrustPosture";
ALTER TABLE "new_TrustPosture" RENAME TO "TrustPosture";
CREATE INDEX "TrustPosture_organizationId_trustId_idx" ON "TrustPosture"("organizationId", "trustId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
