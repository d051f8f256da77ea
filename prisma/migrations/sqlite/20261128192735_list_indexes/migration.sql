-- DropIndex
DROP INDEX "Session_userId_idx";

-- DropIndex
DROP INDEX "Trust_projectId_idx";

-- DropIndex
DROP INDEX "Trust_organizationId_issuer_idx";

-- DropIndex
DROP INDEX "Trust_changedById_idx";

-- CreateIndex
CREATE INDEX "Session_userId_createdAt_id_idx" ON "Session"("userId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Identity_organizationId_role_name_id_idx" ON "Identity"("organizationId", "role", "name", "id");

-- CreateIndex
CREATE INDEX "Identity_organizationId_lastLoginAt_id_idx" ON "Identity"("organizationId", "lastLoginAt", "id");

-- CreateIndex
CREATE INDEX "Trust_projectId_name_id_idx" ON "Trust"("projectId", "name", "id");

-- CreateIndex
CREATE INDEX "Trust_organizationId_id_idx" ON "Trust"("organizationId", "id");

-- CreateIndex
CREATE INDEX "Trust_organizationId_method_id_idx" ON "Trust"("organizationId", "method", "id");

-- CreateIndex
CREATE INDEX "Trust_organizationId_issuer_id_idx" ON "Trust"("organizationId", "issuer", "id");

-- CreateIndex
CREATE INDEX "Trust_organizationId_method_issuer_id_idx" ON "Trust"("organizationId", "method", "issuer", "id");

-- CreateIndex
CREATE INDEX "Trust_method_enabled_name_id_idx" ON "Trust"("method", "enabled", "name", "id");

-- CreateIndex
CREATE INDEX "Trust_changedById_organizationId_id_idx" ON "Trust"("changedById", "organizationId", "id");

-- CreateIndex
CREATE INDEX "AccessToken_tokenAuthId_createdAt_id_idx" ON "AccessToken"("tokenAuthId", "createdAt", "id");
