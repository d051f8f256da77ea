-- CreateTable
CREATE TABLE "Incident" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT,
    "groupKey" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "checkId" TEXT,
    "reason" TEXT NOT NULL,
    "identityId" TEXT,
    "identityName" TEXT,
    "trustId" TEXT,
    "trustVersion" INTEGER,
    "issuer" TEXT,
    "isMixed" BOOLEAN NOT NULL DEFAULT false,
    "firstAt" TIMESTAMP(3) NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "firstDecisionId" TEXT NOT NULL,
    "lastDecisionId" TEXT NOT NULL,
    "addresses" TEXT NOT NULL,
    "spark" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "stateAt" TIMESTAMP(3),
    "stateByKind" TEXT,
    "stateById" TEXT,
    "stateByName" TEXT,
    "note" TEXT,
    "stateVersion" INTEGER NOT NULL DEFAULT 0,
    "lastChange" TEXT,
    "changesDueAt" TIMESTAMP(3),

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IncidentRefusal" (
    "decisionId" TEXT NOT NULL,
    "incidentId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "counted" INTEGER NOT NULL,
    "recountAt" TIMESTAMP(3),

    CONSTRAINT "IncidentRefusal_pkey" PRIMARY KEY ("decisionId","incidentId")
);

-- CreateTable
CREATE TABLE "IncidentCursor" (
    "organizationId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "IncidentCursor_pkey" PRIMARY KEY ("organizationId")
);

-- CreateIndex
CREATE INDEX "Incident_groupKey_firstAt_idx" ON "Incident"("groupKey", "firstAt");

-- CreateIndex
CREATE INDEX "Incident_organizationId_at_id_idx" ON "Incident"("organizationId", "at", "id");

-- CreateIndex
CREATE INDEX "Incident_organizationId_state_at_id_idx" ON "Incident"("organizationId", "state", "at", "id");

-- CreateIndex
CREATE INDEX "Incident_organizationId_reason_at_id_idx" ON "Incident"("organizationId", "reason", "at", "id");

-- CreateIndex
CREATE INDEX "Incident_identityId_at_id_idx" ON "Incident"("identityId", "at", "id");

-- CreateIndex
CREATE INDEX "Incident_changesDueAt_idx" ON "Incident"("changesDueAt");

-- CreateIndex
CREATE INDEX "IncidentRefusal_incidentId_at_decisionId_idx" ON "IncidentRefusal"("incidentId", "at", "decisionId");

-- CreateIndex
CREATE INDEX "IncidentRefusal_organizationId_recountAt_idx" ON "IncidentRefusal"("organizationId", "recountAt");

-- CreateIndex
CREATE INDEX "IncidentRefusal_at_idx" ON "IncidentRefusal"("at");
