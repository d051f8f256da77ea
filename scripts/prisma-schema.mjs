import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The models, written once. */
export const sqliteSchemaFile = 'prisma/schema.prisma'
export const postgresqlSchemaFile = 'prisma/generated/postgresql.prisma'

/** The same models for PostgreSQL: another provider, another place for the generated client. */
export function toPostgresqlSchema(sqliteSchema) {
  const schema = sqliteSchema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../lib/db/generated/sqlite"', '"../../lib/db/generated/postgresql"')
  if (!schema.includes('"postgresql"') || !schema.includes('generated/postgresql"')) {
    throw new Error(
      `${sqliteSchemaFile} has lost its provider = "sqlite" or its output = "../lib/db/generated/sqlite".`,
    )
  }
  return schema
}

/** Writes the PostgreSQL schema beside the project's root `root`. */
export function writePostgresqlSchema(root) {
  const file = path.join(root, postgresqlSchemaFile)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, toPostgresqlSchema(readFileSync(path.join(root, sqliteSchemaFile), 'utf8')))
}
