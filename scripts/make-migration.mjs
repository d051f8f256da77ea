// Writes the SQL that brings both databases from the last migration to prisma/schema.prisma.
//   node scripts/make-migration.mjs <name>          a new migration
//   node scripts/make-migration.mjs --only <name>   throws the history away: one migration, from nothing (before a first release)
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { tsImport } from 'tsx/esm/api'
import { sqliteSchemaFile, toPostgresqlSchema } from './prisma-schema.mjs'

const { values, positionals } = parseArgs({ options: { only: { type: 'boolean' } }, allowPositionals: true })
const name = positionals[0]
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Say what the migration does, in lower case: node scripts/make-migration.mjs add_trust_note')
  process.exit(1)
}

const { withSchemaEngine, everything } = await tsImport('../lib/db/schema-engine.ts', import.meta.url)
const folder = 'prisma/migrations'
/** The models as the last migration left them, so that a new one needs no database to be written. */
const snapshotFile = path.join(folder, 'migrated.prisma')
const current = readFileSync(sqliteSchemaFile, 'utf8')
const before = !values.only && existsSync(snapshotFile) ? readFileSync(snapshotFile, 'utf8') : null
const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)

for (const [provider, toSchema] of [
  ['sqlite', (schema) => schema],
  ['postgresql', toPostgresqlSchema],
]) {
  const target = (schema) => ({
    tag: 'schemaDatamodel',
    files: [{ path: 'schema.prisma', content: toSchema(schema) }],
  })
  const { stdout } = await withSchemaEngine('file::memory:', (engine) =>
    engine.diff({
      from: before === null ? { tag: 'empty' } : target(before),
      to: target(current),
      script: true,
      exitCode: null,
      filters: everything,
    }),
  )
  if (!stdout || /^\s*-- This is an empty migration/.test(stdout)) {
    console.log(`${provider}: nothing to migrate.`)
    continue
  }
  if (before === null) rmSync(path.join(folder, provider), { recursive: true, force: true })
  const file = path.join(folder, provider, `${stamp}_${name}`, 'migration.sql')
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, stdout)
  const lock = '# Read by Prisma: which database these migrations are for.\n'
  writeFileSync(path.join(folder, provider, 'migration_lock.toml'), `${lock}provider = "${provider}"\n`)
  console.log(`${provider}: ${file}`)
}
writeFileSync(snapshotFile, current)
