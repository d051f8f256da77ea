-- CreateTable
CREATE TABLE "Project" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Project_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Trust" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "identityId" TEXT,
    "method" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "issuer" TEXT,
    "soleIssuer" TEXT,
    "projectId" TEXT,
    "keys" TEXT NOT NULL,
    "keyUse" TEXT NOT NULL DEFAULT '{}',
    "algorithms" TEXT NOT NULL,
    "rules" TEXT NOT NULL,
    "lifetime" TEXT NOT NULL,
    "grant" TEXT NOT NULL,
    "foreign" TEXT NOT NULL DEFAULT '{}',
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Trust_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Trust_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Trust_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Trust" ("algorithms", "createdAt", "enabled", "foreign", "grant", "id", "identityId", "issuer", "keys", "lifetime", "method", "name", "organizationId", "rules", "updatedAt", "version") SELECT "algorithms", "createdAt", "enabled", "foreign", "grant", "id", "identityId", "issuer", "keys", "lifetime", "method", "name", "organizationId", "rules", "updatedAt", "version" FROM "Trust";
DROP TABLE "Trust";
ALTER TABLE "new_Trust" RENAME TO "Trust";
CREATE INDEX "Trust_projectId_idx" ON "Trust"("projectId");
CREATE INDEX "Trust_organizationId_method_name_id_idx" ON "Trust"("organizationId", "method", "name", "id");
CREATE INDEX "Trust_organizationId_issuer_idx" ON "Trust"("organizationId", "issuer");
CREATE UNIQUE INDEX "Trust_identityId_method_key" ON "Trust"("identityId", "method");
CREATE UNIQUE INDEX "Trust_soleIssuer_organizationId_key" ON "Trust"("soleIssuer", "organizationId");
CREATE TABLE "new_AccessToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "identityId" TEXT,
    "trustId" TEXT,
    "tokenAuthId" TEXT,
    "method" TEXT NOT NULL,
    "name" TEXT,
    "claims" TEXT,
    "createdAt" DATETIME NOT NULL,
    "renewedAt" DATETIME,
    "expiresAt" DATETIME NOT NULL,
    "maxExpiresAt" DATETIME NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "usesMax" INTEGER NOT NULL DEFAULT 0,
    "lastUsedAt" DATETIME,
    "revokedAt" DATETIME,
    CONSTRAINT "AccessToken_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "AccessToken_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "AccessToken_tokenAuthId_fkey" FOREIGN KEY ("tokenAuthId") REFERENCES "TokenAuth" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_AccessToken" ("createdAt", "expiresAt", "id", "identityId", "lastUsedAt", "maxExpiresAt", "method", "name", "organizationId", "renewedAt", "revokedAt", "tokenAuthId", "trustId", "uses", "usesMax") SELECT "createdAt", "expiresAt", "id", "identityId", "lastUsedAt", "maxExpiresAt", "method", "name", "organizationId", "renewedAt", "revokedAt", "tokenAuthId", "trustId", "uses", "usesMax" FROM "AccessToken";
DROP TABLE "AccessToken";
ALTER TABLE "new_AccessToken" RENAME TO "AccessToken";
CREATE INDEX "AccessToken_identityId_createdAt_id_idx" ON "AccessToken"("identityId", "createdAt", "id");
CREATE INDEX "AccessToken_trustId_idx" ON "AccessToken"("trustId");
CREATE INDEX "AccessToken_organizationId_createdAt_id_idx" ON "AccessToken"("organizationId", "createdAt", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "Project_organizationId_label_key" ON "Project"("organizationId", "label");
