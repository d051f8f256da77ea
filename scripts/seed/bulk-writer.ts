import pg from 'pg'
import { openSqlite } from '@/lib/db/sqlite/connection'
import { sqliteValueOf } from '@/lib/db/sqlite/values'

/** A row by its columns, as Prisma gives and takes them. */
export type Columns = Record<string, unknown>

export type BulkWriter = {
  /** Inserts rows that all have the same columns. @param conflict SQL for rows that are there already */
  insert(table: string, rows: readonly Columns[], conflict?: string): Promise<void>
  /** Commits what is not committed yet and ends the connection, with the database ready to be asked. */
  close(): Promise<void>
}

/** Opens the way by which many rows are written at once, which through Prisma would take hours. */
export function bulkWriter(databaseUrl: string): Promise<BulkWriter> {
  return databaseUrl.startsWith('file:')
    ? sqliteWriter(databaseUrl.slice('file:'.length))
    : postgresqlWriter(databaseUrl)
}

/**
 * Rows of one transaction of SQLite. Ids are random, so that a few thousand rows touch every page of an index: the fewer commits, the
 * fewer times each page is written.
 */
const transactionRows = 100_000

async function sqliteWriter(file: string): Promise<BulkWriter> {
  const database = await openSqlite(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -500000')
  let open = 0
  const commit = () => {
    if (open > 0) database.run('COMMIT', [])
    open = 0
  }
  return {
    async insert(table, rows, conflict = '') {
      const columns = Object.keys(rows[0] ?? {})
      if (columns.length === 0) return
      const sql = `INSERT INTO "${table}" (${quoted(columns)}) VALUES (${columns.map(() => '?').join(', ')}) ${conflict}`
      if (open === 0) database.run('BEGIN IMMEDIATE', [])
      open += rows.length
      try {
        for (const row of rows) {
          database.run(
            sql,
            columns.map((column) => sqliteValueOf(row[column])),
          )
        }
      } catch (error) {
        database.run('ROLLBACK', [])
        open = 0
        throw error
      }
      if (open >= transactionRows) commit()
    },
    async close() {
      commit()
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      await database.close()
    },
  }
}

async function postgresqlWriter(databaseUrl: string): Promise<BulkWriter> {
  const url = new URL(databaseUrl)
  const schema = url.searchParams.get('schema')
  url.searchParams.delete('schema')
  const client = new pg.Client({ connectionString: url.href, application_name: 'keybound-seed' })
  await client.connect()
  if (schema) await client.query(`SELECT set_config('search_path', $1, false)`, [schema])
  await client.query('SET synchronous_commit = off')
  return {
    async insert(table, rows, conflict = '') {
      const columns = Object.keys(rows[0] ?? {})
      if (columns.length === 0) return
      // The rows as one parameter: the table itself says what type each column has.
      await client.query(
        `INSERT INTO "${table}" (${quoted(columns)}) SELECT ${quoted(columns)} FROM json_populate_recordset(NULL::"${table}", $1::json) ${conflict}`,
        [JSON.stringify(rows)],
      )
    },
    async close() {
      // Else plans are made for the empty tables until the server gathers statistics by itself.
      await client.query('ANALYZE')
      await client.end()
    },
  }
}

const quoted = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ')
