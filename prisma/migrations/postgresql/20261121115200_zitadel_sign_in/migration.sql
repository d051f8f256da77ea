-- AlterTable
ALTER TABLE "Trust" ADD COLUMN     "sequence" TEXT;

-- CreateTable
CREATE TABLE "SequenceCounter" (
    "organizationId" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "SequenceCounter_pkey" PRIMARY KEY ("organizationId")
);

-- CreateTable
CREATE TABLE "UserLink" (
    "id" TEXT NOT NULL,
    "trustId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "UserLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInIntent" (
    "id" TEXT NOT NULL,
    "trustId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "browserHash" TEXT,
    "successUrl" TEXT NOT NULL,
    "failureUrl" TEXT,
    "tokenHash" TEXT,
    "userId" TEXT,
    "person" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SignInIntent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "UserLink_userId_idx" ON "UserLink"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "UserLink_trustId_subject_key" ON "UserLink"("trustId", "subject");

-- CreateIndex
CREATE INDEX "SignInIntent_trustId_idx" ON "SignInIntent"("trustId");

-- CreateIndex
CREATE INDEX "SignInIntent_expiresAt_idx" ON "SignInIntent"("expiresAt");

-- AddForeignKey
ALTER TABLE "SequenceCounter" ADD CONSTRAINT "SequenceCounter_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UserLink" ADD CONSTRAINT "UserLink_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UserLink" ADD CONSTRAINT "UserLink_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignInIntent" ADD CONSTRAINT "SignInIntent_trustId_fkey" FOREIGN KEY ("trustId") REFERENCES "Trust"("id") ON DELETE CASCADE ON UPDATE CASCADE;
