import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { connect, type Db } from '@/lib/db/client'
import { parseEnv } from '@/lib/env'
import { perProcess } from '@/lib/per-process'

let folder: string
let url: string
let db: Db
const given = { KEYBOUND_SECRET: 'the secret that the database was made with' }
const other = 'another secret than the database was made with'

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-secret-'))
  url = (await migratedDatabase('sqlite', folder)).url
  db = connect(url)
  await start(given)
})
afterAll(async () => {
  await db.$disconnect()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => rmSync(file(), { force: true }))

const file = () => path.join(folder, 'secret')

/** As a process that has just started with these settings. */
async function start(source: Record<string, string>) {
  vi.resetModules()
  const settings = parseEnv({ DATABASE_URL: url, ...source }, folder)
  perProcess('env').value = settings
  const { requireSigningKey } = await import('./require-signing-key')
  await requireSigningKey(db, settings)
}

test('a start with the right secret goes on, given or kept in the file', async () => {
  await start(given)
  writeFileSync(file(), given.KEYBOUND_SECRET)
  await start({})
})

test('a lost secret file is named, with what to do, and no new one takes its place', async () => {
  const sentence = new RegExp(`^The secret file ${file()} is missing, .*restore the file .*KEYBOUND_SECRET`)
  await expect(start({})).rejects.toThrow(sentence)
  expect(existsSync(file())).toBe(false)
})

test('a secret file with other content is named, and left as it is', async () => {
  writeFileSync(file(), other)
  await expect(start({})).rejects.toThrow(new RegExp(`^The secret file ${file()} does not hold the secret`))
  expect(existsSync(file())).toBe(true)
})

test('another KEYBOUND_SECRET is named', async () => {
  await expect(start({ KEYBOUND_SECRET: other })).rejects.toThrow(/^KEYBOUND_SECRET is not the secret/)
})

test.each(['publicJwk', 'privateJwk'])('a damaged signing key (%s) is not taken for a wrong secret', async (column) => {
  const { [column as 'publicJwk']: was } = await db.signingKey.findFirstOrThrow()
  await db.signingKey.updateMany({ data: { [column]: '{"broken' } })
  await expect(start(given)).rejects.toThrow(/^The signing key in the database is damaged; restore/)
  await db.signingKey.updateMany({ data: { [column]: was } })
  await start(given)
})
