-- CreateTable
CREATE TABLE "WorkloadRuns" (
    "organizationId" TEXT NOT NULL,
    "workloadHash" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "runs" TEXT NOT NULL,

    PRIMARY KEY ("organizationId", "workloadHash")
);

-- CreateIndex
CREATE INDEX "WorkloadRuns_at_idx" ON "WorkloadRuns"("at");
