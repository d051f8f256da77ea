import type pg from 'pg'
import { codesOf } from '../failure-codes'
import { BackupError } from './backup-error'
import type { Loading } from './loading'
import { openPostgresql, postgresqlCatalogue } from './postgresql-client'
import { type Column, columnList, modelTables, quoted, type Table, type Value, wellFormed } from './table'

export async function postgresqlLoading(databaseUrl: string): Promise<Loading> {
  const client = await openPostgresql(databaseUrl, 'BEGIN')
  try {
    const tables = modelTables(await postgresqlCatalogue(client))
    await takeAlone(client, tables)
    await requireNoServer(client)
    return loadingOn(client, tables)
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

async function takeAlone(client: pg.Client, tables: Table[]): Promise<void> {
  const names = tables.map(({ name }) => quoted(name)).join(', ')
  try {
    await client.query(`LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE NOWAIT`)
  } catch (cause) {
    if (!codesOf(cause).includes('55P03')) throw cause
    throw new BackupError('Another process uses the tables of this database; stop all servers and try again.', {
      cause,
    })
  }
}

/** A lease that ends later was written by a clock that was wrong. */
const leaseMinutesMax = 10

/** Each running server holds, or waits for, a lease; one that has been killed holds it until its end. */
async function requireNoServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ seconds: number | null }>(
    `SELECT ceil(extract(epoch FROM max("expiresAt") - (now() AT TIME ZONE 'UTC')))::int AS seconds FROM "Lease"
     WHERE "expiresAt" > (now() AT TIME ZONE 'UTC')
     AND "expiresAt" < (now() AT TIME ZONE 'UTC') + interval '${leaseMinutesMax} minutes'`,
  )
  const seconds = rows[0]?.seconds
  if (!seconds) return
  throw new BackupError(
    `A server runs on this database; stop all servers and try again, or in ${seconds} s where one was killed.`,
  )
}

function loadingOn(client: pg.Client, tables: Table[]): Loading {
  return {
    database: 'postgresql',
    tables,
    async filled() {
      const names: string[] = []
      for (const { name } of tables) {
        const { rowCount } = await client.query(`SELECT 1 FROM ${quoted(name)} LIMIT 1`)
        if (rowCount) names.push(name)
      }
      return names
    },
    async clear() {
      // Triggers keep the evidence log append-only, not from its owner.
      for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`)
      await client.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(', ')}`)
      for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`)
    },
    async insert(table, rows) {
      // The rows as one parameter: the table itself says what type each column has.
      await client.query(
        `INSERT INTO ${quoted(table.name)} (${columnList(table)})
         SELECT ${columnList(table)} FROM json_populate_recordset(NULL::${quoted(table.name)}, $1::json)`,
        [JSON.stringify(rows.map((row) => toRecord(table, row)))],
      )
    },
    async commit() {
      await client.query('COMMIT')
      // Else plans are made for empty tables until the server gathers statistics by itself.
      await client.query('BEGIN; SET LOCAL statement_timeout = 0; ANALYZE; COMMIT')
    },
    close: () => client.end(),
  }
}

const toRecord = ({ columns }: Table, row: Value[]) =>
  Object.fromEntries(columns.map((column, index) => [column.name, toStored(column, row[index] ?? null)]))

function toStored({ type }: Column, value: Value): Value {
  if (typeof value !== 'string') return value
  // PostgreSQL's JSON takes no half of a character.
  return type === 'moment' ? timestampOf(new Date(value)) : wellFormed(value)
}

/** PostgreSQL writes years of five digits without a sign, and those before year 1 as BC. */
function timestampOf(date: Date): string {
  const year = date.getUTCFullYear()
  const written = String(year > 0 ? year : 1 - year).padStart(4, '0')
  return `${written}${date.toISOString().slice(-20, -1)}${year > 0 ? '' : ' BC'}`
}
