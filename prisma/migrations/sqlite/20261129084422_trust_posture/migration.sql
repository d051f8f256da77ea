-- CreateTable
CREATE TABLE "TrustPosture" (
    "trustId" TEXT NOT NULL PRIMARY KEY,
    "organizationId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "judgedBy" TEXT NOT NULL,
    "judgedAt" DATETIME NOT NULL,
    "found" TEXT NOT NULL,
    "stories" INTEGER,
    "admitted" INTEGER,
    CONSTRAINT "TrustPosture_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "TrustPosture_organizationId_trustId_idx" ON "TrustPosture"("organizationId", "trustId");
