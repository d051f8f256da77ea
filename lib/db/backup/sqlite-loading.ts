import { DatabaseError } from '../database-error'
import { sentenceForFile } from '../reachable'
import { openSqlite, type SqliteConnection } from '../sqlite/connection'
import { isLocked, isSqliteFailure } from '../sqlite/failure'
import { writerPragmas } from '../sqlite/pragmas'
import { type SqliteValue, sqliteValueOf } from '../sqlite/values'
import { BackupError } from './backup-error'
import type { Loading } from './loading'
import { sqliteCatalogue } from './sqlite-catalogue'
import { type Column, columnList, modelTables, quoted, type Table, type Value, wellFormed } from './table'

export async function sqliteLoading(file: string): Promise<Loading> {
  const connection = await openSqlite(file)
  try {
    begin(connection)
    return loadingOn(connection)
  } catch (error) {
    await connection.close()
    if (isLocked(error)) {
      throw new BackupError(`Another process has the database file ${file} open; stop the server and try again.`)
    }
    if (isSqliteFailure(error)) throw new DatabaseError(sentenceForFile(file, error), { cause: error })
    throw error
  }
}

/** With the file for itself alone: a connection that is only open is refused too (https://www.sqlite.org/pragma.html#pragma_locking_mode). */
function begin(connection: SqliteConnection): void {
  connection.exec('PRAGMA locking_mode = EXCLUSIVE')
  connection.exec(writerPragmas)
  connection.exec('BEGIN EXCLUSIVE')
}

function loadingOn(connection: SqliteConnection): Loading {
  const tables = modelTables(sqliteCatalogue(connection))
  const run = (sql: string, values: SqliteValue[] = []) => connection.run(sql, values)
  return {
    database: 'sqlite',
    tables,
    async filled() {
      const hasRows = ({ name }: Table) => connection.all(`SELECT 1 FROM ${quoted(name)} LIMIT 1`, []).rows.length > 0
      return tables.filter(hasRows).map(({ name }) => name)
    },
    async clear() {
      // Triggers keep the evidence log append-only, not from its owner.
      const triggers = connection.all(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`, []).rows
      for (const [name] of triggers) run(`DROP TRIGGER ${quoted(String(name))}`)
      for (const { name } of tables.toReversed()) run(`DELETE FROM ${quoted(name)}`)
      for (const [, sql] of triggers) run(String(sql))
    },
    async insert(table, rows) {
      const marks = table.columns.map(() => '?').join(', ')
      const sql = `INSERT INTO ${quoted(table.name)} (${columnList(table)}) VALUES (${marks})`
      for (const row of rows)
        run(
          sql,
          row.map((value, index) => toStored(table.columns[index], value)),
        )
    },
    async commit() {
      run('COMMIT')
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    },
    close: () => connection.close(),
  }
}

const toStored = (column: Column | undefined, value: Value): SqliteValue =>
  sqliteValueOf(
    column?.type === 'moment' && typeof value === 'string'
      ? new Date(value)
      : typeof value === 'string'
        ? wellFormed(value)
        : value,
  )
