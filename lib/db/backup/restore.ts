import type { Readable } from 'node:stream'
import { codesOf, messageOf } from '../failure-codes'
import { migrate, migrationNames } from '../migrate'
import { UnstorableText } from '../sqlite/values'
import { BackupError } from './backup-error'
import type { Header } from './format'
import { type Loading, openLoading } from './loading'
import { readBackup } from './read-backup'
import type { Table } from './table'

export type RestoreOptions = {
  /** Derived from the installation's secret. */
  key: Uint8Array
  /** Whether rows that are there already may be replaced. */
  force: boolean
}

/**
 * Gives a database the rows of a backup, in one transaction: all of them, or none and whatever was there before. The database is made and
 * migrated where it is not. The two kinds of database take one another's backups.
 * @throws DatabaseError when the database cannot be reached; BackupError when a server runs on it, when it has rows already, or when the
 * backup is damaged, changed, of another version or made with another secret
 */
export async function restore(databaseUrl: string, input: Readable, options: RestoreOptions): Promise<Header> {
  try {
    const backup = await readBackup(input, options.key)
    await requireThisVersion(backup.header)
    await migrate(databaseUrl)
    const loading = await openLoading(databaseUrl)
    try {
      requireSameTables(backup.header, loading)
      if (!options.force) await requireEmpty(loading)
      await loading.clear()
      for await (const { table, rows } of backup.groups()) {
        await loading.insert(table, rows).catch((cause) => {
          throw toBackupError(table, cause)
        })
      }
      await loading.commit()
    } finally {
      await loading.close()
    }
    return backup.header
  } finally {
    input.destroy()
  }
}

/** @throws BackupError */
async function requireThisVersion({ database, migrations, version }: Header): Promise<void> {
  const known = await migrationNames(database)
  if (migrations.join() === known.join()) return
  throw new BackupError(
    `The backup was made by another version of Keybound (${version}), whose tables differ; restore it with that version, then upgrade.`,
  )
}

/** @throws BackupError */
function requireSameTables(header: Header, { tables }: Loading): void {
  const shapeOf = ({ name, columns }: Table) => `${name}(${columns.map((one) => `${one.name} ${one.type}`).sort()})`
  const [stored, wanted] = [header.tables, tables].map((all) => all.map(shapeOf).sort().join())
  if (stored !== wanted) throw new BackupError('The tables of the backup are not those of this version of Keybound.')
}

/** What a server writes by itself when it starts for the first time. */
const madeAtStart = ['SigningKey', 'KeySourceSweep', 'Lease']

/** @throws BackupError */
async function requireEmpty(loading: Loading): Promise<void> {
  const filled = (await loading.filled()).filter((name) => !madeAtStart.includes(name))
  if (filled.length === 0) return
  throw new BackupError(
    `The database has rows already (in ${filled.join(', ')}); restore into an empty one, or give --force to replace all that is in it.`,
  )
}

/** PostgreSQL's classes of failures that a row is at fault for; SQLite's constraints and sizes. */
function toBackupError({ name }: Table, cause: unknown): unknown {
  const isOfTheRow =
    cause instanceof UnstorableText ||
    codesOf(cause).some(
      (code) =>
        /^(?:22|23|54)...$/.test(code) || (/^\d{1,4}$/.test(code) && [18, 19, 20].includes(Number(code) & 0xff)),
    )
  if (!isOfTheRow) return cause
  return new BackupError(`A row of table ${name} cannot be stored (${messageOf(cause)}); nothing was restored.`, {
    cause,
  })
}
