-- AlterTable
ALTER TABLE "Trust" ADD COLUMN     "keyUse" TEXT NOT NULL DEFAULT '{}',
ADD COLUMN     "projectId" TEXT,
ADD COLUMN     "soleIssuer" TEXT;

-- AlterTable
ALTER TABLE "AccessToken" ADD COLUMN     "claims" TEXT,
ALTER COLUMN "identityId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Project" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Project_organizationId_label_key" ON "Project"("organizationId", "label");

-- CreateIndex
CREATE INDEX "Trust_projectId_idx" ON "Trust"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "Trust_soleIssuer_organizationId_key" ON "Trust"("soleIssuer", "organizationId");

-- AddForeignKey
ALTER TABLE "Project" ADD CONSTRAINT "Project_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Trust" ADD CONSTRAINT "Trust_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE SET NULL ON UPDATE CASCADE;
