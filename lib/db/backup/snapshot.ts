import type { Provider } from '../schema-engine'
import { postgresqlSnapshot } from './postgresql-snapshot'
import { sqliteSnapshot } from './sqlite-snapshot'
import type { Table, Value } from './table'

/** All rows as they were at one moment, whatever is written meanwhile. Other processes are not held up by it. */
export type Snapshot = {
  database: Provider
  /** Names of the migrations that the database has had, in order. */
  migrations: string[]
  tables: (Table & { rowCount: number })[]
  /** The rows of a table, in groups that fit in memory. */
  rows(table: Table): AsyncIterable<Value[][]>
  close(): Promise<void>
}

/** @throws DatabaseError when the database cannot be reached */
export const openSnapshot = (databaseUrl: string): Promise<Snapshot> =>
  databaseUrl.startsWith('file:') ? sqliteSnapshot(databaseUrl.slice('file:'.length)) : postgresqlSnapshot(databaseUrl)
