import { parseArgs } from 'node:util'
import pg from 'pg'
import { startPostgresql } from '@/e2e/fixtures/postgresql'
import { connect } from '@/lib/db/client'
import { adoptRecords } from '@/lib/services/evidence/adopt-records'
import { seed } from '../seed/seed'
import { bytesText, costOfAMonth, heldAfterAYear, type RowSize } from './sizes'

/** Enough that a page more or less of an index does not count. */
const measuredDecisions = 200_000

/**
 * Measures what rows take on a PostgreSQL of its own, and prints what a year holds as a table of Markdown. Returns the exit
 * code.
 */
export async function year(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    options: { logins: text, refused: text, cpu: text, 'disk-price': text, 'core-price': text },
  })
  const number = (name: string, value: string | undefined, fallback: number) => {
    const given = value === undefined ? fallback : Number(value)
    if (Number.isFinite(given) && given >= 0) return given
    throw new Error(`--${name} is “${value}”; give a number.`)
  }
  const loginsPerSecond = number('logins', values.logins, 1000)
  const refusedShare = number('refused', values.refused, 2) / 100
  const cpuMs = number('cpu', values.cpu, 0.54)
  const prices = {
    gigabyte: number('disk-price', values['disk-price'], 0.1),
    core: number('core-price', values['core-price'], 30),
  }
  const server = await startPostgresql()
  try {
    const url = await server.createDatabase()
    process.env.DATABASE_URL = url
    process.env.KEYBOUND_SECRET ??= 'the secret of a database that is thrown away'
    const code = await seed(['--identities', '1000', '--decisions', String(measuredDecisions)])
    if (code !== 0) return code
    await sealAll(url)
    const db = new pg.Client({ connectionString: url })
    await db.connect()
    const sizes = {
      ...{ decision: await sizeOf(db, 'Decision'), accessToken: await sizeOf(db, 'AccessToken') },
      entry: await sizeOf(db, 'ChainEntry'),
    }
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
      const held = heldAfterAYear(load, sizes)
      for (const { what, rows, tableBytes, indexBytes } of held) {
        const millions = new Intl.NumberFormat('en').format(Math.round(rows / 1e6))
        console.log(`| ${days} days: ${what} | ${millions} M | ${bytesText(tableBytes)} | ${bytesText(indexBytes)} |`)
      }
      const { gigabytes, cores, disk, processors } = costOfAMonth(load, held, { cpuMs, busy: 0.5, prices })
      const whole = (value: number) => Math.round(value).toLocaleString('en')
      console.log(
        `| **${days} days, a month** | disk ${whole(gigabytes)} GB: ${whole(disk)} | ${whole(cores)} cores, half busy: ${whole(processors)} | together ${whole(disk + processors)} |`,
      )
    }
    return 0
  } finally {
    await server.stop()
  }
}

/** Has the evidence log take up what was seeded, as a server does. */
async function sealAll(url: string): Promise<void> {
  const db = connect(url)
  try {
    await adoptRecords(db, () => new Date(), { mayGoOn: async () => true, pause: async () => {} })
  } finally {
    await db.$disconnect()
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
