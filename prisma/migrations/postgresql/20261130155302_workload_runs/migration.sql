-- CreateTable
CREATE TABLE "WorkloadRuns" (
    "organizationId" TEXT NOT NULL,
    "workloadHash" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "runs" TEXT NOT NULL,

    CONSTRAINT "WorkloadRuns_pkey" PRIMARY KEY ("organizationId","workloadHash")
);

-- CreateIndex
CREATE INDEX "WorkloadRuns_at_idx" ON "WorkloadRuns"("at");
