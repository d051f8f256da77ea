-- CreateTable
CREATE TABLE "Stream" (
    "id" TEXT NOT NULL,
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
    "failingSince" TIMESTAMP(3),
    "lastFailure" TEXT,
    "nextAt" TIMESTAMP(3) NOT NULL,
    "lastDeliveredAt" TIMESTAMP(3),
    "pausedAt" TIMESTAMP(3),
    "pausedReason" TEXT,
    "pausedByName" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdByName" TEXT,

    CONSTRAINT "Stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StreamDelivery" (
    "streamId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
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

    CONSTRAINT "StreamDelivery_pkey" PRIMARY KEY ("streamId","number")
);

-- CreateIndex
CREATE INDEX "Stream_organizationId_createdAt_id_idx" ON "Stream"("organizationId", "createdAt", "id");

-- AddForeignKey
ALTER TABLE "Stream" ADD CONSTRAINT "Stream_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StreamDelivery" ADD CONSTRAINT "StreamDelivery_streamId_fkey" FOREIGN KEY ("streamId") REFERENCES "Stream"("id") ON DELETE CASCADE ON UPDATE CASCADE;
