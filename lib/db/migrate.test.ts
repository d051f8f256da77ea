import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../e2e/apis/eventually'
import { migratedDatabase } from '../../e2e/fixtures/new-database'
import { type PostgresqlServer, postgresqlServer } from '../../e2e/fixtures/postgresql'
import { connect } from './client'
import { DatabaseError } from './database-error'
import { migrate } from './migrate'
import { checkReachable } from './reachable'
import { everything, withSchemaEngine } from './schema-engine'

let folder = ''
let postgresql: PostgresqlServer
const fresh = {
  sqlite: async () => `file:${path.join(mkdtempSync(path.join(folder, 'db-')), 'new/keybound.db')}`,
  postgresql: () => postgresql.createDatabase(),
}
/** Brought to the migrations of now already, where the history is not what is tested. */
const migrated = async (provider: (typeof providers)[number]) => {
  const { url, stop } = await migratedDatabase(provider, mkdtempSync(path.join(folder, 'db-')))
  stops.push(stop)
  return url
}
const stops: (() => Promise<void>)[] = []
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-migrate-'))
  postgresql = await postgresqlServer()
})
afterAll(async () => {
  for (const stop of stops) await stop()
  rmSync(folder, { recursive: true, force: true })
  await postgresql.stop()
})

const providers = ['sqlite', 'postgresql'] as const

test.each(providers)(
  'the %s migrations end where the models are, and a second time change nothing',
  async (provider) => {
    const [migrated, modelled] = [await fresh[provider](), await fresh[provider]()]
    expect((await migrate(migrated)).length).toBeGreaterThan(0)
    expect(await migrate(migrated)).toEqual([])
    // Independent of the history: the models laid down on an empty database.
    await checkReachable(modelled)
    const client = connect(modelled)
    for (const statement of (await sqlOfModels(provider)).split(/;$/m)) {
      if (statement.trim()) await client.$executeRawUnsafe(statement)
    }
    await client.$disconnect()
    expect(await catalogue[provider](migrated)).toEqual(await catalogue[provider](modelled))
  },
)

test('a migration that another process is applying is waited for, also where no lock keeps this one from seeing it', async () => {
  const url = await migrated('postgresql')
  const [db, locking] = [connect(url), new pg.Client({ connectionString: url })]
  await locking.connect()
  // As a second process finds it behind a pooler (prisma/prisma-engines, schema_connector: pg_advisory_lock(72707369)).
  await db.$executeRawUnsafe(`UPDATE _prisma_migrations SET finished_at = NULL, started_at = now()
    WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`)
  const advisory = async (isGranted: boolean) => {
    const { rows } = await locking.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted = $1 AND pid <> pg_backend_pid()
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [isGranted],
    )
    return rows.length
  }
  await locking.query('SELECT pg_advisory_lock(72707369)')
  const migrating = migrate(url)
  migrating.catch(() => {})
  const isTrue = (found: boolean) => found
  await eventually(async () => (await advisory(false)) === 1, isTrue)
  await locking.query('SELECT pg_advisory_unlock(72707369)')
  // When the engine has given its lock back, it has seen the migration that is not finished; after that it is asked for again.
  const looking = `SELECT 1 FROM pg_stat_activity
    WHERE query LIKE '%"isUnderWay"%' AND datname = current_database() AND pid <> pg_backend_pid()`
  const isLocked = async () => (await advisory(false)) + (await advisory(true)) > 0
  const isAskedFor = async () => !(await isLocked()) && (await locking.query(looking)).rows.length > 0
  await eventually(isAskedFor, isTrue, { seconds: 40 })
  await db.$executeRawUnsafe('UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL')
  try {
    expect(await migrating).toEqual([])
  } finally {
    await Promise.all([db.$disconnect(), locking.end()])
  }
})

test.each([
  ['failed', `logs = 'syntax error'`],
  ['was interrupted long ago', `started_at = now() - interval '10 minutes'`],
])('a migration that %s is not waited for', async (_, change) => {
  const url = await migrated('postgresql')
  const db = connect(url)
  await db.$executeRawUnsafe('UPDATE _prisma_migrations SET finished_at = NULL, started_at = now()')
  await db.$executeRawUnsafe(`UPDATE _prisma_migrations SET ${change}`)
  await db.$disconnect()
  expect(await refusal(url)).toMatch(/^The database could not be brought up to date \(/)
})

test.each(providers)('two processes may migrate the same %s database at once', async (provider) => {
  const url = await fresh[provider]()
  const applied = await Promise.all([migrate(url), migrate(url)])
  expect(new Set(applied.flat()).size).toBe(applied.flat().length)
  const client = connect(url)
  expect(await client.organization.count()).toBe(0)
  await client.$disconnect()
})

test.each(providers)('a server that has %s open does not keep another from starting', async (provider) => {
  const url = await migrated(provider)
  const client = connect(url)
  expect(await client.organization.count()).toBe(0)
  expect(await migrate(url)).toEqual([])
  await client.$disconnect()
})

/** Puts a migration on record in a database that this version does not know. */
async function recordMigration(url: string, name: string, more = '') {
  const client = connect(url)
  await client.$executeRawUnsafe(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '${name}', CURRENT_TIMESTAMP)`,
  )
  if (more) await client.$executeRawUnsafe(more)
  await client.$disconnect()
}

describe.each(providers)('a newer version of Keybound on %s', (provider) => {
  test('that only added leaves this one able to start, and to read and write', async () => {
    const url = await migrated(provider)
    await recordMigration(url, '29990101000000_add_note', 'ALTER TABLE "Organization" ADD COLUMN "note" TEXT')
    expect(await migrate(url)).toEqual([])
    const client = connect(url)
    await client.organization.create({ data: { id: 'o', name: 'Acme', slug: 'acme' } })
    expect(await client.organization.findMany()).toMatchObject([{ name: 'Acme' }])
    await client.$disconnect()
  })

  test('that took away what this one needs is named, and its database left alone', async () => {
    const url = await migrated(provider)
    await recordMigration(url, '29990101000000_drop_names_contract')
    expect(await refusal(url)).toMatch(
      /made by another version of Keybound \(its migration 29990101000000_drop_names_contract/,
    )
  })

  test('is told from a database of something else, which is left alone', async () => {
    const url = await migrated(provider)
    const client = connect(url)
    await client.$executeRawUnsafe('DELETE FROM _prisma_migrations')
    await client.$disconnect()
    await recordMigration(url, '20200101000000_init_of_another_program')
    expect(await refusal(url)).toMatch(/its migration 20200101000000_init_of_another_program is unknown here/)
  })
})

describe('migrations only add, unless their name ends in _contract', () => {
  /** Before there was this rule. */
  const before = '20261129090000'
  const folder = 'prisma/migrations/postgresql'
  const names = readdirSync(folder).filter((name) => name > before && !/\.toml$|_contract$/.test(name))
  const takesAway =
    /\bDROP (?:TABLE|COLUMN|TYPE|VIEW)\b|\bRENAME\b|\bSET NOT NULL\b|\bSET DATA TYPE\b|\bADD COLUMN\s+"\w+" (?![^,;]*DEFAULT)[^,;]*\bNOT NULL\b/i

  test.each([
    ['ALTER TABLE "T" DROP COLUMN "a"', true],
    ['ALTER TABLE "T" RENAME COLUMN "a" TO "b"', true],
    ['ALTER TABLE "T" ADD COLUMN     "a" TEXT NOT NULL;', true],
    ['ALTER TABLE "T" ALTER COLUMN "a" SET NOT NULL', true],
    ['ALTER TABLE "T" ADD COLUMN "a" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "b" TEXT', false],
    ['CREATE TABLE "T" ("a" TEXT NOT NULL); DROP INDEX "i"; ALTER TABLE "T" ALTER COLUMN "a" DROP NOT NULL', false],
  ])('%s', (sql, expected) => {
    expect(takesAway.test(sql)).toBe(expected)
  })

  test('and none since then takes anything away', () => {
    const found = names.filter((name) => takesAway.test(readFileSync(`${folder}/${name}/migration.sql`, 'utf8')))
    expect(found, 'Take away in a later version, in a migration named …_contract (docs/operations.md).').toEqual([])
  })
})

test.each(providers)('rows written to %s are read back, dates included', async (provider) => {
  const url = await migrated(provider)
  const client = connect(url)
  const createdAt = new Date('2024-02-29T23:59:59.999Z')
  await client.organization.create({ data: { id: 'o1', name: 'Ä "quoted" 🔑', slug: 'o1', createdAt } })
  expect(await client.organization.findMany()).toMatchObject([
    { id: 'o1', name: 'Ä "quoted" 🔑', slug: 'o1', createdAt },
  ])
  await client.$disconnect()
})

const refusal = async (url: string) => {
  const error = await migrate(url).then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DatabaseError)
  const message = error instanceof Error ? error.message : ''
  expect(message).not.toContain('\n')
  expect(message).toMatch(/\.$/)
  return message
}

test('a folder that cannot be made is named', async () => {
  writeFileSync(path.join(folder, 'occupied'), '')
  expect(await refusal(`file:${folder}/occupied/keybound.db`)).toMatch(/occupied cannot be made .* DATABASE_URL\.$/)
})

test('a folder in the place of the database file is named', async () => {
  mkdirSync(path.join(folder, 'folder.db'))
  expect(await refusal(`file:${folder}/folder.db`)).toMatch(/folder\.db is a folder/)
})

test('a file that is no database is left as it was', async () => {
  const file = path.join(folder, 'notes.txt')
  writeFileSync(file, 'not a database, but data to keep '.repeat(100))
  expect(await refusal(`file:${file}`)).toMatch(
    /notes\.txt is not a SQLite database; point DATABASE_URL at a SQLite file/,
  )
  expect(readFileSync(file, 'utf8')).toMatch(/^not a database/)
  expect(existsSync(`${file}-wal`)).toBe(false)
})

test('an unreachable PostgreSQL is named by host and port', async () => {
  expect(await refusal('postgresql://u:hunter2@127.0.0.1:1/keybound')).toBe(
    'PostgreSQL does not answer at 127.0.0.1:1; start it or correct the host and port in DATABASE_URL.',
  )
})

test('a file of a PostgreSQL URL that is not there is named', async () => {
  expect(
    await refusal('postgresql://u:hunter2@127.0.0.1:1/keybound?sslmode=verify-full&sslrootcert=/no/ca.pem'),
  ).toMatch(/^PostgreSQL at 127\.0\.0\.1:1 cannot be used \(ENOENT: .*'\/no\/ca\.pem'\); check DATABASE_URL/)
})

test('a wrong PostgreSQL password is said without repeating it', async () => {
  const url = new URL(postgresql.url)
  url.password = 'hunter2'
  const message = await refusal(url.href)
  expect(message).toMatch(/refuses the password of keybound; correct the user and password in DATABASE_URL\.$/)
  expect(message).not.toContain('hunter2')
})

test('a PostgreSQL database that is not there is named', async () => {
  const url = new URL(postgresql.url)
  url.pathname = '/nowhere'
  expect(await refusal(url.href)).toMatch(/has no database "nowhere"; create it or correct DATABASE_URL\.$/)
})

test('a host name that does not exist is named', async () => {
  expect(await refusal('postgresql://u@no-such-host.invalid/keybound')).toMatch(/no-such-host\.invalid/)
})

async function sqlOfModels(provider: (typeof providers)[number]): Promise<string> {
  const schema = readFileSync('prisma/schema.prisma', 'utf8')
  const content = schema.replace('provider = "sqlite"', `provider = "${provider}"`)
  const to = { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] }
  const { stdout } = await withSchemaEngine('file::memory:', (engine) =>
    engine.diff({ from: { tag: 'empty' }, to, script: true, exitCode: null, filters: everything }),
  )
  return stdout ?? ''
}

/** Everything that has a name in the database, described by the database itself, in an order of its own. */
const catalogue = {
  sqlite: (url: string) =>
    described(url, [
      `SELECT t.name AS "table", c.name, c.type, c."notnull", c.dflt_value, c.pk
         FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE '\\_prisma%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%' ORDER BY 1, 2`,
      `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT LIKE '\\_prisma%' ESCAPE '\\' ORDER BY 1`,
      `SELECT t.name AS "of", k."table", k."from", k."to", k.on_update, k.on_delete
         FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) k WHERE t.type = 'table' ORDER BY 1, 2, 3`,
    ]),
  postgresql: (url: string) =>
    described(url, [
      `SELECT table_name::text, column_name::text, data_type::text, is_nullable::text, column_default::text, datetime_precision::int
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`,
      `SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
      // Not those of NOT NULL, which is compared above: from PostgreSQL 18 on they keep the name that a column had at first.
      `SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE contype <> 'n' AND connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('_prisma_migrations'), 0) ORDER BY 1, 2`,
    ]),
}

async function described(url: string, queries: string[]): Promise<unknown[]> {
  const client = connect(url)
  const answers = []
  for (const query of queries) answers.push(await client.$queryRawUnsafe<unknown[]>(query))
  await client.$disconnect()
  expect(answers.every((rows) => rows.length > 0)).toBe(true)
  return answers
}
