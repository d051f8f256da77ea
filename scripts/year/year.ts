import { parseArgs } from 'node:util'
import pg from 'pg'
import { startPostgresql } from '@/e2e/fixtures/postgresql'
import { seed } from '../seed/seed'
import { bytesText, heldAfterAYear, type RowSize } from './sizes'

/** Enough that a page more or less of an index does not count. */
const measuredDecisions = 200_000

/**
 * Measures what rows take on a PostgreSQL of its own, and prints what a year holds as a table of Markdown. Returns the exit
 * code.
 */
export async function year(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { logins: text, refused: text } })
  const number = (name: string, value: string | undefined, fallback: number) => {
    const given = value === undefined ? fallback : Number(value)
    if (Number.isFinite(given) && given >= 0) return given
    throw new Error(`--${name} is “${value}”; give a number.`)
  }
  const loginsPerSecond = number('logins', values.logins, 1000)
  const refusedShare = number('refused', values.refused, 2) / 100
  const server = await startPostgresql()
  try {
    const url = await server.createDatabase()
    process.env.DATABASE_URL = url
    process.env.KEYBOUND_SECRET ??= 'the secret of a database that is thrown away'
    const code = await seed(['--identities', '1000', '--decisions', String(measuredDecisions)])
    if (code !== 0) return code
    const db = new pg.Client({ connectionString: url })
    await db.connect()
    const sizes = { decision: await sizeOf(db, 'Decision'), accessToken: await sizeOf(db, 'AccessToken') }
    await db.end()
    for (const [name, { table, indexes }] of Object.entries(sizes)) {
      console.log(`A row of ${name} takes ${Math.round(table)} bytes, and ${Math.round(indexes)} in indexes.`)
    }
    console.log('')
    console.log('| Kept | Rows | Tables | Indexes |')
    console.log('| --- | --- | --- | --- |')
    for (const days of [7, 30, 90]) {
      const load = {
        ...{ loginsPerSecond, refusedShare, acceptedDays: days, refusedDays: Math.min(days, 30) },
        ...{ tokenDays: Math.min(days, 30), tokenSeconds: 900 },
      }
      for (const { what, rows, tableBytes, indexBytes } of heldAfterAYear(load, sizes)) {
        const millions = new Intl.NumberFormat('en').format(Math.round(rows / 1e6))
        console.log(`| ${days} days: ${what} | ${millions} M | ${bytesText(tableBytes)} | ${bytesText(indexBytes)} |`)
      }
    }
    return 0
  } finally {
    await server.stop()
  }
}

async function sizeOf(db: pg.Client, table: string): Promise<RowSize> {
  const name = pg.escapeIdentifier(table)
  await db.query(`VACUUM ANALYZE ${name}`)
  const { rows } = await db.query(
    `SELECT count(*)::float8 AS rows, pg_table_size('${name}')::float8 AS bytes, pg_indexes_size('${name}')::float8 AS indexes FROM ${name}`,
  )
  const { rows: count, bytes, indexes } = rows[0]
  return { table: bytes / count, indexes: indexes / count }
}
