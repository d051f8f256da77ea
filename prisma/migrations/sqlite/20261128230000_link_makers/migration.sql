-- AlterTable
ALTER TABLE "UserLink" ADD COLUMN "linkedById" TEXT;
ALTER TABLE "UserLink" ADD COLUMN "linkedByKind" TEXT;

-- CreateIndex
CREATE INDEX "UserLink_linkedById_createdAt_id_idx" ON "UserLink"("linkedById", "createdAt", "id");
