-- A trust's kind and its own fields under their new names. Written by hand: columns are renamed, so no row is lost.
ALTER TABLE "Trust" RENAME COLUMN "method" TO "kind";
ALTER TABLE "Trust" RENAME COLUMN "foreign" TO "options";

DROP INDEX "Trust_organizationId_method_id_idx";
CREATE INDEX "Trust_organizationId_kind_id_idx" ON "Trust"("organizationId", "kind", "id");
DROP INDEX "Trust_organizationId_method_name_id_idx";
CREATE INDEX "Trust_organizationId_kind_name_id_idx" ON "Trust"("organizationId", "kind", "name", "id");
DROP INDEX "Trust_organizationId_method_issuer_id_idx";
CREATE INDEX "Trust_organizationId_kind_issuer_id_idx" ON "Trust"("organizationId", "kind", "issuer", "id");
DROP INDEX "Trust_method_enabled_name_id_idx";
CREATE INDEX "Trust_kind_enabled_name_id_idx" ON "Trust"("kind", "enabled", "name", "id");
DROP INDEX "Trust_identityId_method_key";
CREATE UNIQUE INDEX "Trust_identityId_kind_key" ON "Trust"("identityId", "kind");

-- Until now the fields were kept under the name of the API that knows them. By text alone: a row that holds no JSON stays as it is.
UPDATE "Trust" SET "options" = substr("options", 12, length("options") - 12)
  WHERE "kind" = 'sign-in' AND "options" LIKE '{"zitadel":{%}}';
UPDATE "Trust" SET "options" = substr("options", 16, length("options") - 16)
  WHERE "kind" = 'issuer' AND "options" LIKE '{"nativeframe":{%}}';
UPDATE "Trust" SET "options" = '{"inactiveKeys":' || substr("options", 14)
  WHERE "kind" = 'jwt' AND "options" LIKE '{"infisical":{%}}';
