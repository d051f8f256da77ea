-- CreateTable
CREATE TABLE "TrustName" (
    "trustId" TEXT NOT NULL,
    "nameHash" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "firstAt" DATETIME NOT NULL,

    PRIMARY KEY ("trustId", "nameHash"),
    CONSTRAINT "TrustName_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "TrustFreeze" (
    "trustId" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "nameHash" TEXT NOT NULL,
    "claim" TEXT NOT NULL,
    "idClaim" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "liftedAt" DATETIME,
    CONSTRAINT "TrustFreeze_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "TrustFreeze_organizationId_liftedAt_at_trustId_idx" ON "TrustFreeze"("organizationId", "liftedAt", "at", "trustId");
