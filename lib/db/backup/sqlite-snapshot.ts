import { existsSync } from 'node:fs'
import { DatabaseError } from '../database-error'
import { sentenceForFile } from '../reachable'
import { openSqlite, type SqliteConnection } from '../sqlite/connection'
import { isSqliteFailure } from '../sqlite/failure'
import { readerPragmas } from '../sqlite/pragmas'
import { toResultSet } from '../sqlite/values'
import { BackupError } from './backup-error'
import { groupSize } from './group-size'
import type { Snapshot } from './snapshot'
import { sqliteCatalogue } from './sqlite-catalogue'
import { columnList, modelTables, quoted, type Table, type Value } from './table'

/** A read transaction of a connection of its own: readers and writers of a file with a log do not wait for one another. */
export async function sqliteSnapshot(file: string): Promise<Snapshot> {
  if (!existsSync(file)) throw new DatabaseError(`There is no database file ${file}; correct DATABASE_URL.`)
  const connection = await openSqlite(file)
  try {
    connection.exec(`${readerPragmas} PRAGMA busy_timeout = 5000; BEGIN;`)
    const migrations = connection.all(appliedMigrations, []).rows.map(([name]) => String(name))
    const tables = modelTables(sqliteCatalogue(connection)).map((table) => ({
      ...table,
      rowCount: Number(connection.all(`SELECT count(*) FROM ${quoted(table.name)}`, []).rows[0]?.[0]),
    }))
    return {
      database: 'sqlite',
      migrations,
      tables,
      rows: (table) => rowsOf(connection, table),
      close: () => connection.close(),
    }
  } catch (error) {
    await connection.close()
    if (isSqliteFailure(error)) throw new DatabaseError(sentenceForFile(file, error), { cause: error })
    throw error
  }
}

export const appliedMigrations =
  'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name'

async function* rowsOf(connection: SqliteConnection, table: Table): AsyncGenerator<Value[][]> {
  const sql = `SELECT ${columnList(table)}, rowid FROM ${quoted(table.name)} WHERE rowid > ? ORDER BY rowid LIMIT ?`
  const size = groupSize()
  let after = -(2n ** 63n)
  for (;;) {
    const found = connection.all(sql, [after, BigInt(size.next())])
    const last = found.rows.at(-1)?.at(-1)
    if (typeof last !== 'bigint') return
    after = last
    // As the server reads them: a value that does not fit its column's type is replaced there too.
    const rows = toResultSet(found.columns, found.rows).rows.map((row) => toValues(table, row))
    size.had(rows)
    yield rows
  }
}

/** A row as Prisma reads it, as a backup has it. @throws BackupError for a text that no database takes back */
export const toValues = ({ name, columns }: Table, row: unknown[]): Value[] =>
  columns.map(({ name: column, type }, index) => {
    const value = row[index] ?? null
    if (value === null) return null
    if (type === 'moment') return momentOf(String(value))
    if (type === 'boolean') return value === 1
    if (type === 'integer') return Number(value)
    const text = String(value)
    if (!text.includes('\0')) return text
    throw new BackupError(
      `Column ${column} of table ${name} holds a text with the character U+0000 (row ${JSON.stringify(row[0])}), which no database takes back; correct the row and back up again.`,
    )
  })

/** SQLite's own CURRENT_TIMESTAMP has no zone, and is UTC. */
function momentOf(text: string): string {
  const zoned = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text
  return new Date(zoned).toISOString()
}
