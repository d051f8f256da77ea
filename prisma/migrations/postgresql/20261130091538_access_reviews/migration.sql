-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "reviewIntervalDays" INTEGER;

-- CreateTable
CREATE TABLE "AccessReview" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "reviewers" TEXT NOT NULL DEFAULT '[]',
    "dueAt" TIMESTAMP(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'collecting',
    "position" TEXT,
    "isCut" BOOLEAN NOT NULL DEFAULT false,
    "items" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "narrowing" INTEGER NOT NULL DEFAULT 0,
    "narrowed" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdByName" TEXT,
    "closedAt" TIMESTAMP(3),
    "closedByName" TEXT,

    CONSTRAINT "AccessReview_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessReviewItem" (
    "reviewId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "organizationId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "thingId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "snapshot" TEXT NOT NULL,
    "takenAt" TIMESTAMP(3) NOT NULL,
    "isWide" BOOLEAN NOT NULL,
    "hasFindings" BOOLEAN NOT NULL,
    "decision" TEXT NOT NULL DEFAULT 'undecided',
    "reason" TEXT,
    "decidedAt" TIMESTAMP(3),
    "decidedByKind" TEXT,
    "decidedById" TEXT,
    "decidedByName" TEXT,
    "narrowFrom" TEXT,

    CONSTRAINT "AccessReviewItem_pkey" PRIMARY KEY ("reviewId","number")
);

-- CreateIndex
CREATE INDEX "AccessReview_organizationId_createdAt_id_idx" ON "AccessReview"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "AccessReview_organizationId_state_dueAt_id_idx" ON "AccessReview"("organizationId", "state", "dueAt", "id");

-- CreateIndex
CREATE INDEX "AccessReviewItem_reviewId_decision_number_idx" ON "AccessReviewItem"("reviewId", "decision", "number");

-- CreateIndex
CREATE INDEX "AccessReviewItem_reviewId_kind_number_idx" ON "AccessReviewItem"("reviewId", "kind", "number");

-- CreateIndex
CREATE INDEX "AccessReviewItem_reviewId_kind_decision_number_idx" ON "AccessReviewItem"("reviewId", "kind", "decision", "number");

-- CreateIndex
CREATE INDEX "AccessReviewItem_thingId_decidedAt_idx" ON "AccessReviewItem"("thingId", "decidedAt");

-- AddForeignKey
ALTER TABLE "AccessReview" ADD CONSTRAINT "AccessReview_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessReviewItem" ADD CONSTRAINT "AccessReviewItem_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "AccessReview"("id") ON DELETE CASCADE ON UPDATE CASCADE;
