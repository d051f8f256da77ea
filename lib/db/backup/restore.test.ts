import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bothDatabases, type DatabaseName, databaseNames } from '@/e2e/fixtures/both-databases'
import { allRows, fillEveryTable } from '@/e2e/fixtures/filled-tables'
import { newDatabase } from '@/e2e/fixtures/new-database'
import { connect, type Db } from '../client'
import { migrate } from '../migrate'
import { partitionDecisions } from '../partitions/partition-decisions'
import { openSqlite } from '../sqlite/connection'
import { backUp } from './back-up'
import { restore } from './restore'

const key = new Uint8Array(32).fill(7)
const requireSecret = async () => {}
const at = new Date('2026-11-29T12:00:00Z')

const sources = bothDatabases()
const folder = mkdtempSync(path.join(tmpdir(), 'keybound-restore-'))
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  for (const name of databaseNames) {
    const like = await openSqlite(sources.url('sqlite').slice('file:'.length))
    await fillEveryTable(sources.client(name), like)
    await like.close()
    await addUnusualRows(sources.client(name))
  }
})
afterAll(async () => {
  for (const stop of stops) await stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Values that one database or one encoding on the way might not carry. */
const texts = [
  ['empty', ''],
  ['line breaks and quotes', 'a\r\nb\t"c"\\d\u2028e\u2029f\u0001\u007f'],
  ['characters of every length', 'é ✓ 𝄞 \u{10ffff} e\u0301 \ufeff'],
  ['JSON with escapes', '{"a":"\\u0000\\ud800","n":18446744073709551615}'],
  ['a number of 64 bits', '18446744073709551615'],
  ['large', 'ab\n'.repeat(150_000)],
] as const
const moments = [
  '1970-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00.001Z',
  '9999-12-31T23:59:59.999Z',
  '2026-03-29T01:30:00.007Z',
]

async function addUnusualRows(db: Db) {
  const common = { method: 'jwt', accepted: false, trace: '[]', at }
  for (const [name, text] of texts)
    await db.decision.create({ data: { ...common, id: name, message: text, claims: text } })
  for (const moment of moments) {
    await db.decision.create({
      data: { ...common, id: moment, at: new Date(moment), message: '', repeats: 2_147_483_647 },
    })
  }
  // Half a character is replaced by the drivers when it is stored.
  await db.decision.create({ data: { ...common, id: 'half', message: 'a\ud800b' } })
}

async function emptyDatabase(name: DatabaseName): Promise<string> {
  const { url, stop } = await newDatabase(name, mkdtempSync(path.join(folder, 'target-')))
  stops.push(stop)
  return url
}

async function backupOf(name: DatabaseName, url = sources.url(name)): Promise<Buffer> {
  const out = new PassThrough()
  const written = buffer(out)
  await backUp(url, { key, version: '1.2.3', at, requireSecret }, out)
  return written
}

async function rowsIn(url: string) {
  const db = connect(url)
  return allRows(db).finally(() => db.$disconnect())
}

describe.each(databaseNames)('a backup of %s', (from) => {
  test.each(databaseNames)('is restored into %s with every row of every table, value by value', async (into) => {
    const url = await emptyDatabase(into)
    const header = await restore(url, Readable.from(await backupOf(from)), { key, force: false })
    const expected = await allRows(sources.client(from))
    expect(Object.entries(expected).filter(([, rows]) => rows.length < 3)).toEqual([])
    expect(await rowsIn(url)).toEqual(expected)
    expect(header).toMatchObject({ database: from, version: '1.2.3', at: at.toISOString() })
    expect(expected.Decision?.join()).toContain('18446744073709551615')
  })

  test('describes itself: format, version, migrations, tables with their columns and numbers of rows', async () => {
    const [first = '', second, third = ''] = gunzipSync(await backupOf(from))
      .toString()
      .split('\n')
    const header = JSON.parse(first)
    expect(header).toMatchObject({ format: 'keybound-backup', formatVersion: 1, version: '1.2.3', database: from })
    expect(header.migrations).toContain('20261121104800_init')
    const [{ name, columns, rowCount }] = header.tables
    expect(JSON.parse(second ?? '')).toEqual({ table: name })
    expect(JSON.parse(third)).toHaveLength(columns.length)
    expect(rowCount).toBe((await allRows(sources.client(from)))[name]?.length)
  })

  test('holds the rows of one moment, and holds up no writer', async () => {
    const db = sources.client(from)
    const before = await allRows(db)
    const written: Promise<unknown>[] = []
    const received: Buffer[] = []
    // The first bytes come when the snapshot is taken and most tables are still to be read.
    const out = new Writable({
      highWaterMark: 1,
      write(chunk, _, done) {
        received.push(chunk)
        if (written.length === 0) {
          const row = { ...{ id: `meanwhile-${from}`, at, method: 'jwt', accepted: true }, message: '', trace: '[]' }
          written.push(db.decision.create({ data: row }), db.membership.deleteMany({ where: { userId: 'row-2' } }))
        }
        Promise.all(written).then(() => done(), done)
      },
    })
    await backUp(sources.url(from), { key, version: '1.2.3', at, requireSecret }, out)
    expect(await db.decision.count({ where: { id: `meanwhile-${from}` } })).toBe(1)
    const url = await emptyDatabase('sqlite')
    await restore(url, Readable.from(received), { key, force: false })
    expect(await rowsIn(url)).toEqual(before)
  })
})

test('decisions in partitions are restored into partitions, also over what is there, and elsewhere', async () => {
  const [partitioned, plain] = [await emptyDatabase('postgresql'), await emptyDatabase('sqlite')]
  await migrate(partitioned)
  await partitionDecisions(partitioned, { period: 'month', say: () => {} })
  const expected = await allRows(sources.client('sqlite'))
  for (const force of [false, true]) {
    await restore(partitioned, Readable.from(await backupOf('sqlite')), { key, force })
    expect(await rowsIn(partitioned)).toEqual(expected)
  }
  await restore(plain, Readable.from(await backupOf('postgresql', partitioned)), { key, force: false })
  expect(await rowsIn(plain)).toEqual(expected)
})

test('a restored moment is what was read: of the forms that are written the moment, of any other the beginning of 1970', async () => {
  const source = await emptyDatabase('sqlite')
  await restore(source, Readable.from(await backupOf('sqlite')), { key, force: false })
  const file = await openSqlite(source.slice('file:'.length))
  const set = (id: string, sql: string) => file.run(`UPDATE "Decision" SET "at" = ${sql} WHERE "id" = '${id}'`, [])
  set('empty', '1767225600123')
  set('large', "'2026-01-01 00:00:00'")
  set('half', "'2026-01-01T02:00:00.5+02:00'")
  await file.close()
  const url = await emptyDatabase('postgresql')
  const out = new PassThrough()
  const written = buffer(out)
  await backUp(source, { key, version: '1.2.3', at, requireSecret }, out)
  await restore(url, Readable.from(await written), { key, force: false })
  const db = connect(url)
  const found = await db.decision.findMany({
    where: { id: { in: ['empty', 'large', 'half'] } },
    orderBy: { id: 'asc' },
  })
  await db.$disconnect()
  expect(found.map((row) => row.at.toISOString())).toEqual([
    '1970-01-01T00:00:00.000Z',
    '1970-01-01T00:00:00.000Z',
    '2026-01-01T00:00:00.000Z',
  ])
})
