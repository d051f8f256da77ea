-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_UncountedDecision" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1
);
INSERT INTO "new_UncountedDecision" ("accepted", "day", "id", "method", "organizationId", "reason") SELECT "accepted", "day", "id", "method", "organizationId", "reason" FROM "UncountedDecision";
DROP TABLE "UncountedDecision";
ALTER TABLE "new_UncountedDecision" RENAME TO "UncountedDecision";
CREATE INDEX "UncountedDecision_organizationId_day_idx" ON "UncountedDecision"("organizationId", "day");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
