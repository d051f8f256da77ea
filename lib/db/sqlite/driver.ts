import type * as sqlite from '@photostructure/sqlite'
import { DatabaseError } from '../database-error'

export type SqliteDriver = {
  /** `built-in` is Node's own SQLite, `package` the one from npm. */
  source: 'built-in' | 'package'
  DatabaseSync: typeof sqlite.DatabaseSync
}

/** Before this release, processes that write to one file at the same moment could damage it (the "WAL-reset bug"). */
const soundSince = [3, 51, 3]

/**
 * SQLite for this Node: the one it has built in (from Node 22 on), otherwise an npm package with the same interface that
 * brings its binaries along. Neither is compiled here.
 * @throws DatabaseError when there is neither
 */
export function sqliteDriver(): Promise<SqliteDriver> {
  loaded ??= load(process.versions.sqlite)
  return loaded
}

let loaded: Promise<SqliteDriver> | undefined

/** As `sqliteDriver`, for a given version of the built-in SQLite and given places to load from. */
export async function load(
  builtInVersion: string | undefined,
  { builtIn = loadBuiltIn, fromPackage = loadPackage } = {},
): Promise<SqliteDriver> {
  if (isSound(builtInVersion)) return { source: 'built-in', DatabaseSync: builtIn() }
  try {
    const { DatabaseSync } = await fromPackage()
    return { source: 'package', DatabaseSync }
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause)
    throw new DatabaseError(
      `SQLite cannot be loaded on ${process.platform} ${process.arch} with Node ${process.versions.node} (${problem}); run npm install again, use the newest Node 22, 24 or 26, which has SQLite built in, or set DATABASE_URL to a PostgreSQL database.`,
      { cause },
    )
  }
}

function isSound(version: string | undefined): boolean {
  if (!version) return false
  const parts = version.split('.').map(Number)
  const at = soundSince.findIndex((wanted, index) => (parts[index] ?? 0) !== wanted)
  return at === -1 || (parts[at] ?? 0) > (soundSince[at] ?? 0)
}

function loadBuiltIn(): typeof sqlite.DatabaseSync {
  const emitWarning = process.emitWarning
  // Node 22 calls it experimental at every start; what is used of it is the same in Node 26.
  process.emitWarning = () => {}
  try {
    const module = process.getBuiltinModule('node:sqlite')
    return (module as unknown as { DatabaseSync: typeof sqlite.DatabaseSync }).DatabaseSync
  } finally {
    process.emitWarning = emitWarning
  }
}

const loadPackage = () => import('@photostructure/sqlite')
