-- CreateTable
CREATE TABLE "TrustPosture" (
    "trustId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "judgedBy" TEXT NOT NULL,
    "judgedAt" TIMESTAMP(3) NOT NULL,
    "found" TEXT NOT NULL,
    "stories" INTEGER,
    "admitted" INTEGER,

    CONSTRAINT "TrustPosture_pkey" PRIMARY KEY ("trustId")
);

-- CreateIndex
CREATE INDEX "TrustPosture_organizationId_trustId_idx" ON "TrustPosture"("organizationId", "trustId");

-- AddForeignKey
ALTER TABLE "TrustPosture" ADD CONSTRAINT "TrustPosture_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust"("id") ON DELETE CASCADE ON UPDATE CASCADE;
