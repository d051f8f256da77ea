-- CreateTable
CREATE TABLE "TrustVersion" (
    "trustId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "organizationId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actorKind" TEXT,
    "actorId" TEXT,
    "actorName" TEXT,
    "content" TEXT NOT NULL,

    CONSTRAINT "TrustVersion_pkey" PRIMARY KEY ("trustId","version")
);
