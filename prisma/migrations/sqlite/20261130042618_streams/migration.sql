-- CreateTable
CREATE TABLE "Stream" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "caCert" TEXT NOT NULL DEFAULT '',
    "kinds" TEXT NOT NULL,
    "batchMax" INTEGER NOT NULL DEFAULT 1,
    "secret" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failingSince" DATETIME,
    "lastFailure" TEXT,
    "nextAt" DATETIME NOT NULL,
    "lastDeliveredAt" DATETIME,
    "pausedAt" DATETIME,
    "pausedReason" TEXT,
    "pausedByName" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "createdByName" TEXT,
    CONSTRAINT "Stream_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "StreamDelivery" (
    "streamId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "firstSeq" INTEGER,
    "lastSeq" INTEGER,
    "events" INTEGER NOT NULL,
    "ok" BOOLEAN NOT NULL,
    "status" INTEGER,
    "message" TEXT NOT NULL,
    "latencyMs" INTEGER NOT NULL,
    "answer" TEXT,

    PRIMARY KEY ("streamId", "number"),
    CONSTRAINT "StreamDelivery_streamId_fkey" FOREIGN KEY ("streamId") REFERENCES "Stream" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Stream_organizationId_createdAt_id_idx" ON "Stream"("organizationId", "createdAt", "id");
