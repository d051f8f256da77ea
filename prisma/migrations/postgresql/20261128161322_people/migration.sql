-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "requiresSecondFactor" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "returnOrigins" TEXT NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "lastUsedAt" TIMESTAMP(3),
ADD COLUMN     "method" TEXT;

-- AlterTable
ALTER TABLE "Identity" ADD COLUMN     "createdById" TEXT;

-- AlterTable
ALTER TABLE "Trust" ADD COLUMN     "changedById" TEXT,
ADD COLUMN     "changedByKind" TEXT,
ADD COLUMN     "changedByName" TEXT,
ADD COLUMN     "changedByRole" TEXT;

-- AlterTable
ALTER TABLE "SignInIntent" ADD COLUMN     "startedBy" TEXT;

-- AlterTable
ALTER TABLE "AccessToken" ADD COLUMN     "issuedById" TEXT;

-- CreateTable
CREATE TABLE "SecondFactor" (
    "userId" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "confirmedAt" TIMESTAMP(3),
    "lastStep" INTEGER,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failingSince" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SecondFactor_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "credentialId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "counter" INTEGER NOT NULL,
    "transports" TEXT NOT NULL DEFAULT '[]',
    "isBackedUp" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "lastUsedAt" TIMESTAMP(3),

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PasskeyChallenge" (
    "id" TEXT NOT NULL,
    "challenge" TEXT NOT NULL,
    "browserHash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "userId" TEXT,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PasskeyChallenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PasswordReset" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PasswordReset_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "RecoveryCode_userId_codeHash_key" ON "RecoveryCode"("userId", "codeHash");

-- CreateIndex
CREATE UNIQUE INDEX "Passkey_credentialId_key" ON "Passkey"("credentialId");

-- CreateIndex
CREATE INDEX "Passkey_userId_idx" ON "Passkey"("userId");

-- CreateIndex
CREATE INDEX "PasskeyChallenge_expiresAt_idx" ON "PasskeyChallenge"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "PasswordReset_tokenHash_key" ON "PasswordReset"("tokenHash");

-- CreateIndex
CREATE INDEX "PasswordReset_userId_idx" ON "PasswordReset"("userId");

-- CreateIndex
CREATE INDEX "Identity_createdById_idx" ON "Identity"("createdById");

-- CreateIndex
CREATE INDEX "Trust_changedById_idx" ON "Trust"("changedById");

-- CreateIndex
CREATE INDEX "AccessToken_issuedById_idx" ON "AccessToken"("issuedById");

-- AddForeignKey
ALTER TABLE "SecondFactor" ADD CONSTRAINT "SecondFactor_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PasswordReset" ADD CONSTRAINT "PasswordReset_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who made or changed what is there already, as far as the audit knows. Their role then is not known.
UPDATE "Trust" SET
    "changedByKind" = (
    SELECT "actorKind" FROM "AuditEntry" WHERE "AuditEntry"."targetId" = "Trust"."id" AND "AuditEntry"."action" IN ('trust.created', 'trust.updated')
    ORDER BY "AuditEntry"."at" DESC, "AuditEntry"."id" DESC LIMIT 1
),
    "changedById" = (
    SELECT "actorId" FROM "AuditEntry" WHERE "AuditEntry"."targetId" = "Trust"."id" AND "AuditEntry"."action" IN ('trust.created', 'trust.updated')
    ORDER BY "AuditEntry"."at" DESC, "AuditEntry"."id" DESC LIMIT 1
),
    "changedByName" = (
    SELECT "actorName" FROM "AuditEntry" WHERE "AuditEntry"."targetId" = "Trust"."id" AND "AuditEntry"."action" IN ('trust.created', 'trust.updated')
    ORDER BY "AuditEntry"."at" DESC, "AuditEntry"."id" DESC LIMIT 1
);
UPDATE "Identity" SET "createdById" = (
    SELECT "actorId" FROM "AuditEntry" WHERE "AuditEntry"."targetId" = "Identity"."id" AND "AuditEntry"."action" = 'identity.created'
    ORDER BY "AuditEntry"."at" DESC LIMIT 1
);
UPDATE "AccessToken" SET "issuedById" = (
    SELECT "actorId" FROM "AuditEntry" WHERE "AuditEntry"."targetId" = "AccessToken"."id" AND "AuditEntry"."action" = 'access-token.issued'
    ORDER BY "AuditEntry"."at" DESC LIMIT 1
) WHERE "method" = 'token';
