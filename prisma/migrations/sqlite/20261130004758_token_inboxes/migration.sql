-- CreateTable
CREATE TABLE "TokenInbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "caughtAt" DATETIME,
    "evaluation" TEXT,
    CONSTRAINT "TokenInbox_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "TokenInbox_secretHash_key" ON "TokenInbox"("secretHash");

-- CreateIndex
CREATE INDEX "TokenInbox_organizationId_ownerId_idx" ON "TokenInbox"("organizationId", "ownerId");

-- CreateIndex
CREATE INDEX "TokenInbox_expiresAt_idx" ON "TokenInbox"("expiresAt");
