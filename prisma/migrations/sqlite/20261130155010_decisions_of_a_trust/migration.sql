-- CreateIndex
CREATE INDEX "Decision_trustId_at_id_idx" ON "Decision"("trustId", "at", "id") WHERE "identityId" IS NULL;
