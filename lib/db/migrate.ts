import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { connect } from './client'
import { DatabaseError } from './database-error'
import { checkReachable } from './reachable'
import { everything, type Provider, providerOf, withSchemaEngine } from './schema-engine'
import { keepPlanStatistics } from './sqlite/plan-statistics'

/**
 * Brings the database to the checked-in migrations, making the SQLite file and its folder when they are not there. Safe
 * to run from several processes at once; `prisma migrate deploy` understands the result.
 * @param databaseUrl absolute `file:` or `postgresql://`
 * @param folder holds `sqlite/` and `postgresql/`
 * @returns the names of the migrations applied just now
 * @throws DatabaseError
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder()): Promise<string[]> {
  const applied = await applyMissing(databaseUrl, folder)
  if (providerOf(databaseUrl) === 'sqlite') await keepPlanStatistics(databaseUrl)
  return applied
}

async function applyMissing(databaseUrl: string, folder: string): Promise<string[]> {
  await checkReachable(databaseUrl)
  const migrationsList = await readMigrations(folder, providerOf(databaseUrl))
  const wanted = migrationsList.migrationDirectories.map((migration) => migration.path)
  // The engine locks all of a SQLite database, which it cannot while another server has it open; so it is asked last.
  if (await hasAll(databaseUrl, wanted)) return []
  const before = await progressOf(databaseUrl)
  try {
    return await withSchemaEngine(databaseUrl, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: everything })
      return appliedMigrationNames
    })
  } catch (cause) {
    // Another process that started with us may have been quicker, or is still at it.
    await othersDone(databaseUrl, before)
    if (await hasAll(databaseUrl, wanted)) return []
    throw new DatabaseError(sentence(cause), { cause })
  }
}

const askAgainMs = 250
/** Between two of its migrations, another process is not seen at work. */
const betweenMs = 3_000
/** A migration that began longer ago than this is taken to have been interrupted. */
const underWaySeconds = 60

type Progress = { finished: number; isUnderWay: boolean }

/**
 * Waits while another process applies migrations. The engine's lock belongs to a session: behind a pooler that gives each transaction
 * another one, it does not keep a second process waiting.
 * @param before what was finished before this process tried
 */
async function othersDone(databaseUrl: string, before: Progress): Promise<void> {
  let { finished } = before
  let seenMs = Number.NEGATIVE_INFINITY
  for (;;) {
    const now = await progressOf(databaseUrl)
    if (now.isUnderWay || now.finished > finished) seenMs = performance.now()
    if (performance.now() - seenMs > betweenMs) return
    finished = now.finished
    await pause(askAgainMs)
  }
}

/** Which migrations of PostgreSQL are finished, and whether one is being applied. One that has failed has `logs`. */
async function progressOf(databaseUrl: string): Promise<Progress> {
  const none = { finished: 0, isUnderWay: false }
  if (providerOf(databaseUrl) === 'sqlite') return none
  const client = connect(databaseUrl)
  try {
    const [row] = await client.$queryRawUnsafe<Progress[]>(
      `SELECT count(finished_at)::int AS finished, coalesce(bool_or(finished_at IS NULL AND rolled_back_at IS NULL
        AND logs IS NULL AND started_at > now() - interval '${underWaySeconds} seconds'), false) AS "isUnderWay"
       FROM _prisma_migrations`,
    )
    return row ?? none
  } catch {
    // No table of migrations yet.
    return none
  } finally {
    await client.$disconnect()
  }
}

/** @throws DatabaseError when there is no database, or its tables are not those of this version; nothing is made or changed */
export async function requireMigrated(databaseUrl: string): Promise<void> {
  const isThere = !databaseUrl.startsWith('file:') || existsSync(databaseUrl.slice('file:'.length))
  if (isThere && (await hasAll(databaseUrl, await migrationNames(providerOf(databaseUrl))))) return
  throw new DatabaseError(
    'The database is not there, or not brought up to date; correct DATABASE_URL, or start the server or run keybound migrate first.',
  )
}

/**
 * A migration after which servers of the version before it cannot run is named so. All others only add, so that old and new servers
 * run side by side, and an old one can be started again (docs/operations.md, "Upgrade").
 */
const isContracting = (name: string) => name.endsWith('_contract')

/** @throws DatabaseError when the database has a migration that this version does not have and cannot run with */
async function hasAll(databaseUrl: string, wanted: string[]): Promise<boolean> {
  const client = connect(databaseUrl)
  try {
    const rows = Applied.parse(
      await client.$queryRawUnsafe(
        'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
      ),
    )
    const applied = new Set(rows.map((row) => row.migration_name))
    const isComplete = wanted.every((name) => applied.has(name))
    const unknown = [...applied].find((name) => !wanted.includes(name) && (!isComplete || isContracting(name)))
    if (unknown) {
      throw new DatabaseError(
        `The database was made by another version of Keybound (its migration ${unknown} is unknown here); start that version or choose another database with DATABASE_URL.`,
      )
    }
    return isComplete
  } catch (error) {
    if (error instanceof DatabaseError) throw error
    // No table of migrations yet; whatever else is wrong, the engine will say.
    return false
  } finally {
    await client.$disconnect()
  }
}

const Applied = z.array(z.object({ migration_name: z.string() }))

function sentence(cause: unknown): string {
  const problem = cause instanceof Error ? cause.message : String(cause)
  if (/SocketTimeout|locked|busy/i.test(problem)) {
    return 'The database must be brought up to date, but another process has it open; end that process and start again.'
  }
  if (/disk is full|no space left|could not extend file/i.test(problem)) {
    return 'The database could not be brought up to date: there is no space left where it is; make room and start again.'
  }
  // The engine appends where in its own code it was.
  const told = problem
    .split(/\n\s*\d+: |\n\s+at /, 1)[0]
    ?.trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/\.$/, '')
  return `The database could not be brought up to date (${told}); restore a backup or choose another with DATABASE_URL.`
}

/** Names of the migrations of this version, in order. */
export async function migrationNames(provider: Provider, folder = migrationsFolder()): Promise<string[]> {
  const entries = await readdir(path.join(folder, provider), { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
}

const migrationsFolder = () => path.resolve('prisma/migrations')

async function readMigrations(folder: string, provider: Provider) {
  const baseDir = path.join(folder, provider)
  const names = await migrationNames(provider, folder)
  const directories = names.map(async (name) => {
    const value = await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8')
    return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
  })
  const lockfile = await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8')
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(directories),
  }
}
