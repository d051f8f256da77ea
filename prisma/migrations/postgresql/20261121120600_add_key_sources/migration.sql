-- CreateTable
CREATE TABLE "KeySourceState" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "caFingerprint" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "lastAttemptAt" TIMESTAMP(3) NOT NULL,
    "lastSuccessAt" TIMESTAMP(3),
    "lastFailureAt" TIMESTAMP(3),
    "failingSince" TIMESTAMP(3),
    "reason" TEXT,
    "message" TEXT,
    "fix" TEXT,
    "latencyMs" INTEGER NOT NULL,
    "tls" TEXT,
    "discovery" TEXT,
    "keys" TEXT,
    "keysFetchedAt" TIMESTAMP(3),
    "freshUntil" TIMESTAMP(3),

    CONSTRAINT "KeySourceState_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeySourceEvent" (
    "id" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "kid" TEXT,
    "message" TEXT NOT NULL,

    CONSTRAINT "KeySourceEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeySourceKey" (
    "id" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "kid" TEXT,
    "thumbprint" TEXT NOT NULL,
    "alg" TEXT,
    "use" TEXT,
    "type" TEXT,
    "label" TEXT,
    "problem" TEXT,
    "problemText" TEXT,
    "firstSeenAt" TIMESTAMP(3) NOT NULL,
    "lastSeenAt" TIMESTAMP(3) NOT NULL,
    "removedAt" TIMESTAMP(3),
    "lastUsedAt" TIMESTAMP(3),
    "lastMissedAt" TIMESTAMP(3),

    CONSTRAINT "KeySourceKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "KeySourceState_url_idx" ON "KeySourceState"("url");

-- CreateIndex
CREATE INDEX "KeySourceEvent_sourceId_at_id_idx" ON "KeySourceEvent"("sourceId", "at", "id");

-- CreateIndex
CREATE INDEX "KeySourceEvent_at_idx" ON "KeySourceEvent"("at");

-- CreateIndex
CREATE INDEX "KeySourceKey_sourceId_kid_idx" ON "KeySourceKey"("sourceId", "kid");

-- AddForeignKey
ALTER TABLE "KeySourceEvent" ADD CONSTRAINT "KeySourceEvent_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "KeySourceState"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeySourceKey" ADD CONSTRAINT "KeySourceKey_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "KeySourceState"("id") ON DELETE CASCADE ON UPDATE CASCADE;
