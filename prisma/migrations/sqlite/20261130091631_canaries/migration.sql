-- AlterTable
ALTER TABLE "Identity" ADD COLUMN "isCanary" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Identity" ADD COLUMN "canaryPlace" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN "about" TEXT;

-- CreateTable
CREATE TABLE "DecoyToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT,
    "expiresAt" DATETIME NOT NULL,
    CONSTRAINT "DecoyToken_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "DecoyToken_identityId_createdAt_id_idx" ON "DecoyToken"("identityId", "createdAt", "id");
