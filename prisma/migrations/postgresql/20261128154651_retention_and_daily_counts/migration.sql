-- DropIndex
DROP INDEX "UserLink_userId_idx";

-- DropIndex
DROP INDEX "AuditEntry_organizationId_action_at_idx";

-- DropIndex
DROP INDEX "AuditEntry_targetId_at_idx";

-- AlterTable
ALTER TABLE "Decision" ADD COLUMN     "lastAt" TIMESTAMP(3),
ADD COLUMN     "repeats" INTEGER;

-- AlterTable
ALTER TABLE "AuditEntry" ADD COLUMN     "lastAt" TIMESTAMP(3),
ADD COLUMN     "repeats" INTEGER;

-- CreateTable
CREATE TABLE "DecisionDay" (
    "organizationId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "DecisionDay_pkey" PRIMARY KEY ("organizationId","day","method","accepted","reason")
);

-- CreateTable
CREATE TABLE "UncountedDecision" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "UncountedDecision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RetentionPeriod" (
    "kind" TEXT NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "RetentionPeriod_pkey" PRIMARY KEY ("kind")
);

-- CreateIndex
CREATE INDEX "UncountedDecision_organizationId_day_idx" ON "UncountedDecision"("organizationId", "day");

-- CreateIndex
CREATE INDEX "Membership_organizationId_createdAt_id_idx" ON "Membership"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "Verification_expiresAt_idx" ON "Verification"("expiresAt");

-- CreateIndex
CREATE INDEX "UserLink_userId_createdAt_id_idx" ON "UserLink"("userId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "AccessToken_organizationId_expiresAt_idx" ON "AccessToken"("organizationId", "expiresAt");

-- CreateIndex
CREATE INDEX "Decision_organizationId_reason_at_id_idx" ON "Decision"("organizationId", "reason", "at", "id");

-- CreateIndex
CREATE INDEX "Decision_tokenSha256_idx" ON "Decision"("tokenSha256");

-- CreateIndex
CREATE INDEX "AuditEntry_organizationId_action_at_id_idx" ON "AuditEntry"("organizationId", "action", "at", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_organizationId_targetId_at_id_idx" ON "AuditEntry"("organizationId", "targetId", "at", "id");

-- The decisions there are already, by day. Columns without a time zone are in UTC.
INSERT INTO "DecisionDay" ("organizationId", "day", "method", "accepted", "reason", "count")
SELECT
  coalesce("organizationId", ''),
  to_char("at", 'YYYY-MM-DD'),
  "method",
  "accepted",
  CASE WHEN "accepted" THEN '' ELSE coalesce("reason", 'unknown') END,
  count(*)
FROM "Decision"
GROUP BY 1, 2, 3, 4, 5;
