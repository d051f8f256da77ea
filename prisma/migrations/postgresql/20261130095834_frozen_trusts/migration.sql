-- CreateTable
CREATE TABLE "TrustName" (
    "trustId" TEXT NOT NULL,
    "nameHash" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "firstAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TrustName_pkey" PRIMARY KEY ("trustId","nameHash")
);

-- CreateTable
CREATE TABLE "TrustFreeze" (
    "trustId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "nameHash" TEXT NOT NULL,
    "claim" TEXT NOT NULL,
    "idClaim" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "liftedAt" TIMESTAMP(3),

    CONSTRAINT "TrustFreeze_pkey" PRIMARY KEY ("trustId")
);

-- CreateIndex
CREATE INDEX "TrustFreeze_organizationId_liftedAt_at_trustId_idx" ON "TrustFreeze"("organizationId", "liftedAt", "at", "trustId");

-- AddForeignKey
ALTER TABLE "TrustName" ADD CONSTRAINT "TrustName_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrustFreeze" ADD CONSTRAINT "TrustFreeze_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust"("id") ON DELETE CASCADE ON UPDATE CASCADE;
