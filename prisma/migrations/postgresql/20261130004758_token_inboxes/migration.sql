-- CreateTable
CREATE TABLE "TokenInbox" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "caughtAt" TIMESTAMP(3),
    "evaluation" TEXT,

    CONSTRAINT "TokenInbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "TokenInbox_secretHash_key" ON "TokenInbox"("secretHash");

-- CreateIndex
CREATE INDEX "TokenInbox_organizationId_ownerId_idx" ON "TokenInbox"("organizationId", "ownerId");

-- CreateIndex
CREATE INDEX "TokenInbox_expiresAt_idx" ON "TokenInbox"("expiresAt");

-- AddForeignKey
ALTER TABLE "TokenInbox" ADD CONSTRAINT "TokenInbox_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
