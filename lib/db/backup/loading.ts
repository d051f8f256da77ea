import type { Provider } from '../schema-engine'
import { postgresqlLoading } from './postgresql-loading'
import { sqliteLoading } from './sqlite-loading'
import type { Table, Value } from './table'

/** One transaction that no other connection writes beside, and that ends with all of its rows stored or none. */
export type Loading = {
  database: Provider
  tables: Table[]
  /** Names of the tables that have rows. */
  filled(): Promise<string[]>
  /** Removes all rows of all tables. */
  clear(): Promise<void>
  insert(table: Table, rows: Value[][]): Promise<void>
  commit(): Promise<void>
  /** Ends the connection; what is not committed is undone. */
  close(): Promise<void>
}

/** @throws DatabaseError when the database cannot be reached, BackupError when a server runs on it */
export const openLoading = (databaseUrl: string): Promise<Loading> =>
  databaseUrl.startsWith('file:') ? sqliteLoading(databaseUrl.slice('file:'.length)) : postgresqlLoading(databaseUrl)
