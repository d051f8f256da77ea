import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bothDatabases, type DatabaseName, databaseNames } from '@/e2e/fixtures/both-databases'
import { allRows, fillEveryTable } from '@/e2e/fixtures/filled-tables'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { connect } from '../client'
import { openSqlite } from '../sqlite/connection'
import { backUp } from './back-up'
import { readBackup } from './read-backup'
import { restore } from './restore'
import { openSnapshot, type Snapshot } from './snapshot'
import { toValues } from './sqlite-snapshot'
import { writeBackup } from './write-backup'

const key = new Uint8Array(32).fill(7)
const options = { key, version: '1.2.3', at: new Date('2026-11-29T12:00:00Z'), requireSecret: async () => {} }

const filled = bothDatabases()
const folder = mkdtempSync(path.join(tmpdir(), 'keybound-refused-'))
const empty: Partial<Record<DatabaseName, string>> = {}
const stops: (() => Promise<void>)[] = []
let backup: Buffer

beforeAll(async () => {
  const like = await openSqlite(filled.url('sqlite').slice('file:'.length))
  for (const name of databaseNames) {
    await fillEveryTable(filled.client(name), like)
    const { url, stop } = await migratedDatabase(name, mkdtempSync(path.join(folder, 'empty-')))
    stops.push(stop)
    empty[name] = url
  }
  await like.close()
  backup = await written((out) => backUp(filled.url('sqlite'), options, out))
})
afterAll(async () => {
  for (const stop of stops) await stop()
  rmSync(folder, { recursive: true, force: true })
})

function written(write: (out: PassThrough) => Promise<unknown>): Promise<Buffer> {
  const out = new PassThrough()
  const [bytes] = [buffer(out), write(out)]
  return bytes
}

/** A backup with the right secret of a database that is told to be another. */
async function backupTold(told: Partial<Snapshot>): Promise<Buffer> {
  const snapshot = await openSnapshot(filled.url('sqlite'))
  return written((out) => writeBackup({ ...snapshot, ...told }, options, out)).finally(() => snapshot.close())
}

const restoring = (url: string | undefined, bytes: Buffer, more: { key?: Uint8Array; force?: boolean } = {}) =>
  restore(url ?? '', Readable.from([bytes]), { key, force: false, ...more })

async function rowsIn(url = '') {
  const db = connect(url)
  return allRows(db).finally(() => db.$disconnect())
}

async function expectStillEmpty() {
  for (const name of databaseNames) expect(Object.values(await rowsIn(empty[name])).flat()).toEqual([])
}

/** Reads all of a backup, as a restore does, without a database. */
async function reading(bytes: Buffer) {
  for await (const _ of (await readBackup(Readable.from([bytes]), key)).groups());
}

test('a backup that was cut off anywhere is refused as such', async () => {
  const step = Math.ceil(backup.length / 200)
  for (let length = 0; length < backup.length; length += step) {
    await expect(reading(backup.subarray(0, length)), String(length)).rejects.toThrow(/was cut off/)
  }
  for (const name of databaseNames) {
    await expect(restoring(empty[name], backup.subarray(0, -9))).rejects.toThrow(/was cut off/)
  }
  await expectStillEmpty()
})

test('a backup of which one byte was changed, anywhere, is refused', async () => {
  await reading(backup)
  const step = Math.ceil(backup.length / 200)
  const meaningless: number[] = []
  for (let at = 0; at < backup.length; at += step) {
    const changed = Buffer.from(backup)
    changed[at] = (changed[at] ?? 0) ^ 0x10
    if (holdsTheSame(changed)) meaningless.push(at)
    else await expect(reading(changed), String(at)).rejects.toMatchObject({ name: 'BackupError' })
  }
  expect(meaningless.length).toBeLessThan(5)
})

/** Bytes of the format without a meaning (time and system in headers of gzip, bits that fill up a byte) change nothing. */
function holdsTheSame(changed: Buffer): boolean {
  try {
    return gunzipSync(changed).equals(gunzipSync(backup))
  } catch {
    return false
  }
}

describe('a backup that was changed and packed again is refused', () => {
  const lines = () => gunzipSync(backup).toString().trimEnd().split('\n')
  const at = (start: string) => lines().findIndex((line) => line.startsWith(start))
  const changes: [string, () => string[]][] = [
    ['a value', () => lines().map((line) => line.replace('"row-1"', '"row-9"'))],
    ['a role', () => lines().map((line) => line.replaceAll('"row-0"', '"admin"'))],
    ['a row taken out', () => lines().toSpliced(at('["'), 1)],
    ['a row put in', () => lines().toSpliced(at('["'), 0, lines()[at('["')] ?? '')],
    [
      'rows in another order',
      () => lines().toSpliced(at('["'), 2, lines()[at('["') + 1] ?? '', lines()[at('["')] ?? ''),
    ],
    [
      'fewer rows in the header and the table',
      () => {
        const header = JSON.parse(lines()[0] ?? '')
        header.tables[0].rowCount--
        return lines().toSpliced(at('["'), 1).with(0, JSON.stringify(header))
      },
    ],
    [
      'a table left out',
      () => {
        const header = JSON.parse(lines()[0] ?? '')
        header.tables.pop()
        return lines()
          .toSpliced(at(`{"table":"${JSON.parse(lines()[0] ?? '').tables.at(-1).name}"}`), 4)
          .with(0, JSON.stringify(header))
      },
    ],
    ['the version', () => lines().with(0, lines()[0]?.replace('1.2.3', '1.2.4') ?? '')],
    ['the end', () => lines().with(-1, JSON.stringify({ hmac: 'A'.repeat(43) }))],
    ['lines after the end', () => [...lines(), '["more"]']],
    ['a row that is no row', () => lines().with(at('["'), '{"id":"row-0"}')],
    ['a row that is no JSON', () => lines().with(at('["'), '["row-0"')],
    [
      'a row with a value of another type',
      () => lines().with(at('["'), lines()[at('["')]?.replace('"row-0"', '7') ?? ''),
    ],
  ]

  test.each(changes)('%s', async (_, change) => {
    const changed = change()
    expect(changed.join()).not.toBe(lines().join())
    const bytes = gzipSync(`${changed.join('\n')}\n`)
    await expect(reading(bytes)).rejects.toMatchObject({ name: 'BackupError' })
  })

  test.each(databaseNames)(
    'and nothing of it stays in %s, though all rows were read before that shows',
    async (name) => {
      const bytes = gzipSync(
        `${lines()
          .with(-1, JSON.stringify({ hmac: 'A'.repeat(43) }))
          .join('\n')}\n`,
      )
      await expect(restoring(empty[name], bytes)).rejects.toThrow(/was changed or damaged/)
      await expectStillEmpty()
    },
  )
})

test.each([
  ['an empty file', Buffer.alloc(0), /cut off/],
  ['random text', Buffer.from('SQLite format 3\0, and more'), /no backup of Keybound/],
  ['another gzip', gzipSync('id,name\n1,a\n'), /no backup of Keybound/],
  ['JSON of another program', gzipSync('{"format":"other"}\n'), /no backup of Keybound/],
  ['a line without an end', gzipSync(Buffer.alloc(50_000_000)), /a line that is too long/],
  ['a later format', gzipSync('{"format":"keybound-backup","formatVersion":2}\n'), /format of another version/],
])('%s is refused before the database is touched', async (_, bytes, message) => {
  await expect(restoring('file:/nowhere/at/all/keybound.db', bytes)).rejects.toThrow(message)
})

test('a backup that was made with another secret is refused before the database is touched', async () => {
  const other = new Uint8Array(32).fill(8)
  const restored = restoring('file:/nowhere/at/all/keybound.db', backup, { key: other })
  await expect(restored).rejects.toThrow(/made with another secret; set KEYBOUND_SECRET/)
})

test.each([
  ['older', (names: string[]) => names.slice(0, -1)],
  ['newer', (names: string[]) => [...names, '29990101000000_later']],
])('a backup of %s tables is refused, and its version named', async (_, change) => {
  const migrations = change((await openSnapshot(filled.url('sqlite'))).migrations)
  const restored = restoring('file:/nowhere/at/all/keybound.db', await backupTold({ migrations }))
  await expect(restored).rejects.toThrow(/another version of Keybound \(1\.2\.3\).* restore it with that version/)
})

describe.each(databaseNames)('into %s', (name) => {
  test('a database with rows is refused and left as it is, unless they may be replaced', async () => {
    const db = filled.client(name)
    const before = await allRows(db)
    await db.$disconnect()
    await expect(restoring(filled.url(name), backup)).rejects.toThrow(/has rows already \(in .*Trust.*\); .*--force/)
    expect(await rowsIn(filled.url(name))).toEqual(before)
    // One that fails leaves them too.
    const cut = restoring(filled.url(name), backup.subarray(0, -30), { force: true })
    await expect(cut).rejects.toThrow(/cut off/)
    expect(await rowsIn(filled.url(name))).toEqual(before)
    await db.decision.create({
      data: { id: 'late', at: new Date(), method: 'jwt', accepted: true, message: '', trace: '' },
    })
    await db.lease.deleteMany()
    await db.$disconnect()
    await restoring(filled.url(name), backup, { force: true })
    expect((await rowsIn(filled.url(name))).Decision?.join()).not.toContain('late')
  })

  test('rows that a server writes at its first start are no obstacle', async () => {
    const { url, stop } = await migratedDatabase(name, mkdtempSync(path.join(folder, 'started-')))
    stops.push(stop)
    const db = connect(url)
    await db.signingKey.create({ data: { id: 'access-token', algorithm: 'ES256', publicJwk: '{}', privateJwk: '' } })
    await db.keySourceSweep.create({ data: { id: 'x', updatedAt: new Date(), trustId: '', isFilled: true } })
    await db.lease.create({ data: { name: 'housekeeping', holder: 'gone', expiresAt: new Date(Date.now() - 1000) } })
    await db.$disconnect()
    await restoring(url, backup)
    expect((await rowsIn(url)).SigningKey).toHaveLength(3)
  })
})

test('a SQLite file that another process has open is refused, though that does nothing', async () => {
  const db = connect(empty.sqlite ?? '')
  await db.trust.count()
  await expect(restoring(empty.sqlite, backup)).rejects.toThrow(/has the database file .* open; stop the server/)
  await db.$disconnect()
})

test('a PostgreSQL database that a server holds a lease of, or uses, is refused', async () => {
  const db = connect(empty.postgresql ?? '')
  const lease = { name: 'housekeeping', holder: 'server', expiresAt: new Date(Date.now() + 60_000) }
  await db.lease.create({ data: lease })
  await expect(restoring(empty.postgresql, backup)).rejects.toThrow(/A server runs on this database; .* in \d+ s/)
  // Written by a clock that was wrong.
  await db.lease.updateMany({ data: { expiresAt: new Date(Date.now() + 365 * 86_400_000) } })
  await db.$transaction(async (tx) => {
    await tx.decision.count()
    await expect(restoring(empty.postgresql, backup)).rejects.toThrow(/Another process uses the tables/)
  })
  await db.lease.deleteMany()
  await db.$disconnect()
})

test('a text that no database takes back is named when the backup is made', () => {
  const table = { name: 'Organization', columns: [...['id', 'name']].map((name) => ({ name, type: 'text' as const })) }
  expect(() => toValues(table, ['o', 'a\0b'])).toThrow(/Column name of table Organization .* U\+0000 \(row "o"\)/)
})

test('a database that was not migrated by this version is not backed up', async () => {
  const file = await openSqlite(filled.url('sqlite').slice('file:'.length))
  file.run(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%trust_kinds'`, [])
  await file.close()
  await expect(backUp(filled.url('sqlite'), options, new PassThrough())).rejects.toThrow(/not have the migrations/)
})
