import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { connect, type Db } from './client'

let folder = ''
let url = ''
let db: Db
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-sqlite-'))
  url = (await migratedDatabase('sqlite', folder)).url
  db = connect(url)
})
afterEach(async () => {
  await db.$disconnect()
  rmSync(folder, { recursive: true, force: true })
})

const organization = (id: string) => ({ data: { id, name: id, slug: id } })
const ids = async (client: Db) => (await client.organization.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)

test('a write outside a transaction is not undone with another caller’s transaction', async () => {
  let outside: Promise<unknown> = Promise.resolve()
  await expect(
    db.$transaction(async (tx) => {
      await tx.organization.create(organization('inside'))
      outside = Promise.all([db.organization.create(organization('outside'))])
      await tx.organization.count()
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  await outside
  expect(await ids(db)).toEqual(['outside'])
})

test('uncommitted rows are seen by their own transaction only', async () => {
  await db.$transaction(async (tx) => {
    await tx.organization.create(organization('a'))
    expect(await tx.organization.count()).toBe(1)
    expect(await db.organization.count()).toBe(0)
  })
  expect(await db.organization.count()).toBe(1)
})

test('a hundred transactions that read before they write lose no update', async () => {
  await db.installation.create({ data: { id: '0' } })
  const increment = () =>
    db.$transaction(async (tx) => {
      const [row] = await tx.installation.findMany()
      await tx.installation.update({ where: { id: row!.id }, data: { id: String(Number(row!.id) + 1) } })
    })
  await Promise.all(Array.from({ length: 100 }, increment))
  expect(await db.installation.findMany()).toMatchObject([{ id: '100' }])
})

test('two processes that read before they write lose no update', async () => {
  const other = connect(url)
  await db.installation.create({ data: { id: '0' } })
  for (let round = 0; round < 10; round++) {
    for (const client of [db, other]) {
      await client.$transaction(async (tx) => {
        const [row] = await tx.installation.findMany()
        await tx.installation.update({ where: { id: row!.id }, data: { id: String(Number(row!.id) + 1) } })
      })
    }
  }
  await other.$disconnect()
  expect(await db.installation.findMany()).toMatchObject([{ id: '20' }])
})

test('a transaction that failed leaves the next one clean', async () => {
  await db.organization.create(organization('taken'))
  for (let attempt = 0; attempt < 3; attempt++) {
    await expect(
      db.$transaction(async (tx) => {
        await tx.organization.create(organization(`half-${attempt}`))
        await tx.organization.create(organization('taken'))
      }),
    ).rejects.toMatchObject({ code: 'P2002' })
  }
  await db.$transaction((tx) => tx.organization.create(organization('after')))
  expect(await ids(db)).toEqual(['after', 'taken'])
})

test('a row that refers to no other is refused', async () => {
  const data = { id: 'm', userId: 'missing', organizationId: 'missing', role: 'admin' }
  await expect(db.membership.create({ data })).rejects.toMatchObject({ code: 'P2003' })
})

test('commits reach the disk before they are answered', async () => {
  const pragma = async (name: string) => Object.values((await db.$queryRawUnsafe<object[]>(`PRAGMA ${name}`))[0]!)[0]
  expect(await pragma('journal_mode')).toBe('wal')
  expect(Number(await pragma('synchronous'))).toBe(2)
  expect(Number(await pragma('foreign_keys'))).toBe(1)
})

test('after a disk that is full has undone a transaction, nothing of it is written on its own', async () => {
  await db.$executeRawUnsafe('PRAGMA max_page_count = 1')
  const act = db.$transaction(async (tx) => {
    await tx.organization.create(organization('before'))
    await tx.organization.create({ data: { id: 'large', slug: 'large', name: 'x'.repeat(100_000) } }).catch(() => {})
    await tx.organization.create(organization('after'))
  })
  await expect(act).rejects.toMatchObject({ code: 'P2039' })
  expect(await ids(db)).toEqual([])
  await db.$executeRawUnsafe('PRAGMA max_page_count = 1000000')
  await db.organization.create(organization('space again'))
  expect(await ids(db)).toEqual(['space again'])
})

test('every commit that was acknowledged is there after kill -9, and the file is sound', async () => {
  const program = path.resolve('e2e/peers/commit-until-killed.ts')
  await db.$disconnect()
  const child = spawn(process.execPath, ['--import', 'tsx', program, url, 'row'])
  let acknowledged = ''
  await new Promise((resolve) => {
    child.stdout.on('data', (text) => {
      acknowledged += text
      // In the middle of its work, somewhere.
      if (acknowledged.split('\n').length > 60) child.kill('SIGKILL')
    })
    child.on('close', resolve)
  })
  const told = acknowledged.split('\n').slice(0, -1)
  db = connect(url)
  const kept = new Set(await ids(db))
  expect(told.filter((id) => !kept.has(id))).toEqual([])
  expect(told.length).toBeGreaterThan(50)
  expect(await db.$queryRawUnsafe('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

test('a value that its column should not hold is read as the one that allows least', async () => {
  await db.organization.create(organization('a'))
  const at = new Date()
  const token = { organizationId: 'a', method: 'token', createdAt: at, expiresAt: at, maxExpiresAt: at, usesMax: 5 }
  await db.accessToken.create({ data: { id: 'a', ...token } })
  for (const written of ["'many'", "''", "'5 uses'", '1.5', '9223372036854775807', "x'00'"]) {
    await db.$executeRawUnsafe(`UPDATE "AccessToken" SET "usesMax" = ${written}`)
    // 0 would be uses without end.
    expect(await db.accessToken.findMany(), written).toMatchObject([{ usesMax: -1 }])
  }
  await db.accessToken.updateMany({ data: { usesMax: 2 ** 31 - 1 } })
  expect(await db.accessToken.findMany()).toMatchObject([{ usesMax: 2 ** 31 - 1 }])
})
