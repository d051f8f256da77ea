-- CreateTable
CREATE TABLE "ChainEntry" (
    "organizationId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "recordId" TEXT NOT NULL,
    "entry" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "ChainEntry_pkey" PRIMARY KEY ("organizationId","seq")
);

-- CreateTable
CREATE TABLE "ChainHead" (
    "organizationId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "sealedAt" TIMESTAMP(3) NOT NULL,
    "checkpointSeq" INTEGER NOT NULL DEFAULT 0,
    "checkpointAt" TIMESTAMP(3),
    "mac" TEXT NOT NULL,

    CONSTRAINT "ChainHead_pkey" PRIMARY KEY ("organizationId")
);

-- CreateTable
CREATE TABLE "UnsealedRecord" (
    "recordId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "digest" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "isCounted" BOOLEAN NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "UnsealedRecord_pkey" PRIMARY KEY ("recordId","kind")
);

-- CreateTable
CREATE TABLE "EvidenceKey" (
    "id" TEXT NOT NULL,
    "publicJwk" TEXT NOT NULL,
    "privateJwk" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "EvidenceKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ChainEntry_organizationId_recordId_seq_idx" ON "ChainEntry"("organizationId", "recordId", "seq");

-- CreateIndex
CREATE INDEX "UnsealedRecord_dueAt_at_idx" ON "UnsealedRecord"("dueAt", "at");

-- CreateIndex
CREATE INDEX "UnsealedRecord_organizationId_idx" ON "UnsealedRecord"("organizationId");

-- Links are added, never changed or removed. The migration is sent statement by statement, parted at semicolons: \x3b is one.
CREATE FUNCTION "refuse_chain_change"() RETURNS trigger LANGUAGE plpgsql
AS E'BEGIN RAISE EXCEPTION ''ChainEntry is append-only''\x3b END';
CREATE TRIGGER "ChainEntry_change" BEFORE UPDATE OR DELETE ON "ChainEntry"
FOR EACH ROW EXECUTE FUNCTION "refuse_chain_change"();
CREATE TRIGGER "ChainEntry_truncate" BEFORE TRUNCATE ON "ChainEntry"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_chain_change"();
