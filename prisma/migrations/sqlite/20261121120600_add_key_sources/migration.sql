-- CreateTable
CREATE TABLE "KeySourceState" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "caFingerprint" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "lastAttemptAt" DATETIME NOT NULL,
    "lastSuccessAt" DATETIME,
    "lastFailureAt" DATETIME,
    "failingSince" DATETIME,
    "reason" TEXT,
    "message" TEXT,
    "fix" TEXT,
    "latencyMs" INTEGER NOT NULL,
    "tls" TEXT,
    "discovery" TEXT,
    "keys" TEXT,
    "keysFetchedAt" DATETIME,
    "freshUntil" DATETIME
);

-- CreateTable
CREATE TABLE "KeySourceEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sourceId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "kid" TEXT,
    "message" TEXT NOT NULL,
    CONSTRAINT "KeySourceEvent_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "KeySourceState" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "KeySourceKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sourceId" TEXT NOT NULL,
    "kid" TEXT,
    "thumbprint" TEXT NOT NULL,
    "alg" TEXT,
    "use" TEXT,
    "type" TEXT,
    "label" TEXT,
    "problem" TEXT,
    "problemText" TEXT,
    "firstSeenAt" DATETIME NOT NULL,
    "lastSeenAt" DATETIME NOT NULL,
    "removedAt" DATETIME,
    "lastUsedAt" DATETIME,
    "lastMissedAt" DATETIME,
    CONSTRAINT "KeySourceKey_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "KeySourceState" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "KeySourceState_url_idx" ON "KeySourceState"("url");

-- CreateIndex
CREATE INDEX "KeySourceEvent_sourceId_at_id_idx" ON "KeySourceEvent"("sourceId", "at", "id");

-- CreateIndex
CREATE INDEX "KeySourceEvent_at_idx" ON "KeySourceEvent"("at");

-- CreateIndex
CREATE INDEX "KeySourceKey_sourceId_kid_idx" ON "KeySourceKey"("sourceId", "kid");
