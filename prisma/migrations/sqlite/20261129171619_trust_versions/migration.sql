-- CreateTable
CREATE TABLE "TrustVersion" (
    "trustId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "organizationId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "actorKind" TEXT,
    "actorId" TEXT,
    "actorName" TEXT,
    "content" TEXT NOT NULL,

    PRIMARY KEY ("trustId", "version")
);
