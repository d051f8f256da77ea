-- CreateTable
CREATE TABLE "ChainEntry" (
    "organizationId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "recordId" TEXT NOT NULL,
    "entry" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    PRIMARY KEY ("organizationId", "seq")
);

-- CreateTable
CREATE TABLE "ChainHead" (
    "organizationId" TEXT NOT NULL PRIMARY KEY,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "sealedAt" DATETIME NOT NULL,
    "checkpointSeq" INTEGER NOT NULL DEFAULT 0,
    "checkpointAt" DATETIME,
    "mac" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "UnsealedRecord" (
    "recordId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "digest" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "isCounted" BOOLEAN NOT NULL,
    "dueAt" DATETIME NOT NULL,

    PRIMARY KEY ("recordId", "kind")
);

-- CreateTable
CREATE TABLE "EvidenceKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "publicJwk" TEXT NOT NULL,
    "privateJwk" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "ChainEntry_organizationId_recordId_seq_idx" ON "ChainEntry"("organizationId", "recordId", "seq");

-- CreateIndex
CREATE INDEX "UnsealedRecord_dueAt_at_idx" ON "UnsealedRecord"("dueAt", "at");

-- CreateIndex
CREATE INDEX "UnsealedRecord_organizationId_idx" ON "UnsealedRecord"("organizationId");

-- Links are added, never changed or removed.
CREATE TRIGGER "ChainEntry_update" BEFORE UPDATE ON "ChainEntry"
BEGIN SELECT RAISE(ABORT, 'ChainEntry is append-only'); END;
CREATE TRIGGER "ChainEntry_delete" BEFORE DELETE ON "ChainEntry"
BEGIN SELECT RAISE(ABORT, 'ChainEntry is append-only'); END;
