-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "canaryPlace" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "isCanary" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "about" TEXT;

-- CreateTable
CREATE TABLE "DecoyToken" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "identityId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdById" TEXT,
    "createdByName" TEXT,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "DecoyToken_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DecoyToken_identityId_createdAt_id_idx" ON "DecoyToken"("identityId", "createdAt", "id");

-- AddForeignKey
ALTER TABLE "DecoyToken" ADD CONSTRAINT "DecoyToken_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;
