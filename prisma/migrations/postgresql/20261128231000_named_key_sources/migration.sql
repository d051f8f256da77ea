-- CreateTable
CREATE TABLE "NamedKeySource" (
    "organizationId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "urlStart" TEXT NOT NULL,
    "caCert" TEXT NOT NULL,
    "hasAlarms" BOOLEAN NOT NULL DEFAULT false,
    "alarmCount" INTEGER NOT NULL DEFAULT 0,
    "checkedAt" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3),
    "isFailing" BOOLEAN NOT NULL DEFAULT false,
    "attemptedAt" TIMESTAMP(3),

    CONSTRAINT "NamedKeySource_pkey" PRIMARY KEY ("organizationId","sourceId")
);

-- CreateTable
CREATE TABLE "TrustKeySource" (
    "trustId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "issuer" TEXT,

    CONSTRAINT "TrustKeySource_pkey" PRIMARY KEY ("trustId","sourceId")
);

-- CreateTable
CREATE TABLE "KeySourceSweep" (
    "id" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "trustId" TEXT NOT NULL,
    "isFilled" BOOLEAN NOT NULL,

    CONSTRAINT "KeySourceSweep_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "NamedKeySource_organizationId_urlStart_sourceId_idx" ON "NamedKeySource"("organizationId", "urlStart", "sourceId");

-- CreateIndex
CREATE INDEX "NamedKeySource_organizationId_hasAlarms_urlStart_sourceId_idx" ON "NamedKeySource"("organizationId", "hasAlarms", "urlStart", "sourceId");

-- CreateIndex
CREATE INDEX "NamedKeySource_sourceId_idx" ON "NamedKeySource"("sourceId");

-- CreateIndex
CREATE INDEX "NamedKeySource_checkedAt_idx" ON "NamedKeySource"("checkedAt");

-- CreateIndex
CREATE INDEX "NamedKeySource_isFailing_dueAt_idx" ON "NamedKeySource"("isFailing", "dueAt");

-- CreateIndex
CREATE INDEX "NamedKeySource_attemptedAt_idx" ON "NamedKeySource"("attemptedAt");

-- CreateIndex
CREATE INDEX "TrustKeySource_organizationId_sourceId_name_trustId_idx" ON "TrustKeySource"("organizationId", "sourceId", "name", "trustId");

-- CreateIndex
CREATE INDEX "TrustKeySource_organizationId_sourceId_enabled_idx" ON "TrustKeySource"("organizationId", "sourceId", "enabled");

-- CreateIndex
CREATE INDEX "Trust_updatedAt_id_idx" ON "Trust"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "KeySourceEvent_sourceId_kind_at_idx" ON "KeySourceEvent"("sourceId", "kind", "at");

-- AddForeignKey
ALTER TABLE "NamedKeySource" ADD CONSTRAINT "NamedKeySource_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrustKeySource" ADD CONSTRAINT "TrustKeySource_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust"("id") ON DELETE CASCADE ON UPDATE CASCADE;
