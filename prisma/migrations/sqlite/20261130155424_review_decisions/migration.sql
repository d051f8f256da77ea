-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_AccessReview" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "reviewers" TEXT NOT NULL DEFAULT '[]',
    "dueAt" DATETIME NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'collecting',
    "position" TEXT,
    "isCut" BOOLEAN NOT NULL DEFAULT false,
    "looked" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "collectedAt" DATETIME,
    "items" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "narrowing" INTEGER NOT NULL DEFAULT 0,
    "narrowed" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "createdByName" TEXT,
    "closedAt" DATETIME,
    "closedByName" TEXT,
    CONSTRAINT "AccessReview_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_AccessReview" ("closedAt", "closedByName", "createdAt", "createdByName", "dueAt", "id", "isCut", "items", "kept", "name", "narrowed", "narrowing", "organizationId", "position", "removed", "reviewers", "scope", "state") SELECT "closedAt", "closedByName", "createdAt", "createdByName", "dueAt", "id", "isCut", "items", "kept", "name", "narrowed", "narrowing", "organizationId", "position", "removed", "reviewers", "scope", "state" FROM "AccessReview";
DROP TABLE "AccessReview";
ALTER TABLE "new_AccessReview" RENAME TO "AccessReview";
CREATE INDEX "AccessReview_organizationId_createdAt_id_idx" ON "AccessReview"("organizationId", "createdAt", "id");
CREATE INDEX "AccessReview_organizationId_state_dueAt_id_idx" ON "AccessReview"("organizationId", "state", "dueAt", "id");
CREATE TABLE "new_AccessReviewItem" (
    "reviewId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "organizationId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "thingId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "snapshot" TEXT NOT NULL,
    "takenAt" DATETIME NOT NULL,
    "isWide" BOOLEAN NOT NULL,
    "hasFindings" BOOLEAN NOT NULL,
    "decision" TEXT NOT NULL DEFAULT 'undecided',
    "version" INTEGER NOT NULL DEFAULT 0,
    "former" TEXT,
    "reason" TEXT,
    "decidedAt" DATETIME,
    "decidedByKind" TEXT,
    "decidedById" TEXT,
    "decidedByName" TEXT,
    "narrowFrom" TEXT,
    "aside" TEXT,

    PRIMARY KEY ("reviewId", "number"),
    CONSTRAINT "AccessReviewItem_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "AccessReview" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_AccessReviewItem" ("decidedAt", "decidedById", "decidedByKind", "decidedByName", "decision", "hasFindings", "isWide", "kind", "name", "narrowFrom", "number", "organizationId", "reason", "reviewId", "snapshot", "takenAt", "thingId") SELECT "decidedAt", "decidedById", "decidedByKind", "decidedByName", "decision", "hasFindings", "isWide", "kind", "name", "narrowFrom", "number", "organizationId", "reason", "reviewId", "snapshot", "takenAt", "thingId" FROM "AccessReviewItem";
DROP TABLE "AccessReviewItem";
ALTER TABLE "new_AccessReviewItem" RENAME TO "AccessReviewItem";
CREATE INDEX "AccessReviewItem_reviewId_decision_number_idx" ON "AccessReviewItem"("reviewId", "decision", "number");
CREATE INDEX "AccessReviewItem_reviewId_kind_number_idx" ON "AccessReviewItem"("reviewId", "kind", "number");
CREATE INDEX "AccessReviewItem_reviewId_kind_decision_number_idx" ON "AccessReviewItem"("reviewId", "kind", "decision", "number");
CREATE INDEX "AccessReviewItem_thingId_decidedAt_idx" ON "AccessReviewItem"("thingId", "decidedAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- Reviews of older versions whose items had all been taken.
UPDATE "AccessReview" SET "collectedAt" = "createdAt" WHERE "state" <> 'collecting';
