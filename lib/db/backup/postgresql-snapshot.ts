import type pg from 'pg'
import { groupSize } from './group-size'
import { openPostgresql, postgresqlCatalogue } from './postgresql-client'
import type { Snapshot } from './snapshot'
import { appliedMigrations } from './sqlite-snapshot'
import { type Column, modelTables, quoted, type Table, type Value } from './table'

/** One transaction that sees the rows as they were when it began (PostgreSQL manual, "Repeatable Read"). */
export async function postgresqlSnapshot(databaseUrl: string): Promise<Snapshot> {
  const client = await openPostgresql(databaseUrl, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    const migrations = await client.query<{ migration_name: string }>(appliedMigrations)
    const tables: Snapshot['tables'] = []
    for (const table of modelTables(await postgresqlCatalogue(client))) {
      const { rows } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${quoted(table.name)}`)
      tables.push({ ...table, rowCount: Number(rows[0]?.n) })
    }
    return {
      database: 'postgresql',
      migrations: migrations.rows.map((row) => row.migration_name),
      tables,
      rows: (table) => rowsOf(client, table),
      close: () => client.end(),
    }
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

async function* rowsOf(client: pg.Client, table: Table): AsyncGenerator<Value[][]> {
  const columns = table.columns.map(selected).join(', ')
  await client.query(`DECLARE backup NO SCROLL CURSOR FOR SELECT ${columns} FROM ${quoted(table.name)}`)
  const size = groupSize()
  for (;;) {
    const found = await client.query<unknown[]>({ text: `FETCH ${size.next()} FROM backup`, rowMode: 'array' })
    if (found.rows.length === 0) break
    const rows = found.rows.map((row) => table.columns.map((column, index) => toValue(column, row[index])))
    size.had(rows)
    yield rows
  }
  await client.query('CLOSE backup')
}

/** Milliseconds since 1970 are told alike for every year; the text of a moment is not. */
const selected = ({ name, type }: Column) =>
  type === 'moment' ? `(extract(epoch FROM ${quoted(name)}) * 1000)::bigint` : quoted(name)

function toValue({ type }: Column, value: unknown): Value {
  if (value === null || value === undefined) return null
  if (type === 'moment') return new Date(Number(value)).toISOString()
  return type === 'text' ? String(value) : type === 'integer' ? Number(value) : value === true
}
