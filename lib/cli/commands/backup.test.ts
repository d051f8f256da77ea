import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { newDatabase } from '@/e2e/fixtures/new-database'
import { runKeybound } from '@/e2e/fixtures/terminal'
import { connect } from '@/lib/db/client'
import { parseEnv } from '@/lib/env'
import { perProcess } from '@/lib/per-process'

const folder = mkdtempSync(path.join(tmpdir(), 'keybound-cli-'))
const place = (...names: string[]) => path.join(folder, ...names)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As a process that has just started with these settings. */
function settings(name: string, more: Record<string, string> = {}) {
  const url = `file:${place(name, 'keybound.db')}`
  perProcess('env').value = parseEnv({ DATABASE_URL: url, ...more }, folder)
  return url
}

async function makeInstallation(name: string, organization: string): Promise<string> {
  const url = settings(name)
  mkdirSync(place(name), { recursive: true })
  await newDatabase('sqlite', place(name))
  await runKeybound(['migrate'])
  const db = connect(url)
  await db.organization.create({ data: { id: 'o', name: organization, slug: 'o' } })
  await db.$disconnect()
  return url
}

async function organizationsOf(url: string) {
  const db = connect(url)
  return db.organization.findMany().finally(() => db.$disconnect())
}

let made = 0
let source: string
beforeEach(async () => {
  source = `source-${made++}`
  await makeInstallation(source, 'Acme')
})
const secretOf = (name: string) => readFileSync(place(name, 'secret'), 'utf8').trim()

test('a backup is a file for this user alone, without the secret, and restores with it', async () => {
  const file = place(`${source}.backup`)
  const { code, err } = await runKeybound(['backup', file])
  expect([code, err]).toEqual([0, expect.stringMatching(/^Backed up \d+ rows of \d+ tables as of 20/)])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(gunzipSync(readFileSync(file)).includes(secretOf(source))).toBe(false)

  const target = settings(`${source}-new`, { KEYBOUND_SECRET: secretOf(source) })
  expect(await runKeybound(['restore', file])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Restored \d+ rows/),
  })
  expect(await organizationsOf(target)).toMatchObject([{ name: 'Acme' }])
})

test('- is the standard output, which then holds nothing else, and the standard input', async () => {
  const { code, out, bytes } = await runKeybound(['backup', '-'])
  expect([code, out]).toEqual([0, ''])
  const target = settings(`${source}-new`, { KEYBOUND_SECRET: secretOf(source) })
  expect(await runKeybound(['restore', '-'], bytes)).toMatchObject({ code: 0 })
  expect(await organizationsOf(target)).toHaveLength(1)
})

test('a file that exists is kept, unless it may be replaced', async () => {
  const file = place(`${source}.backup`)
  writeFileSync(file, 'precious')
  const { code, err } = await runKeybound(['backup', file])
  expect([code, err]).toEqual([1, expect.stringMatching(/exists already; .*--force/)])
  expect(readFileSync(file, 'utf8')).toBe('precious')
  expect(await runKeybound(['backup', file, '--force'])).toMatchObject({ code: 0 })
  expect(gunzipSync(readFileSync(file)).toString()).toContain('keybound-backup')
})

test('a backup that fails leaves no file and no part of one, and the former one as it was', async () => {
  const file = place('kept', 'a.backup')
  await makeInstallation('kept', 'Acme')
  settings(source)
  writeFileSync(file, 'precious')
  settings('nowhere', { KEYBOUND_SECRET: secretOf(source) })
  expect(await runKeybound(['backup', file, '--force'])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/no database/),
  })
  expect(readFileSync(file, 'utf8')).toBe('precious')
  expect(readdirSync(place('kept')).filter((name) => name.includes('.part'))).toEqual([])
  expect(existsSync(place('nowhere', 'keybound.db'))).toBe(false)
})

test('without the secret of the database nothing is backed up, and no new secret stays', async () => {
  await runKeybound(['backup', '-'])
  rmSync(place(source, 'secret'))
  settings(source)
  const { code, err, bytes } = await runKeybound(['backup', '-'])
  expect([code, bytes.length]).toEqual([1, 0])
  expect(err).toMatch(/^The secret file .* is missing/)
  expect(existsSync(place(source, 'secret'))).toBe(false)
})

test('without the secret of the backup nothing is restored, and no new secret or database is made', async () => {
  const { bytes } = await runKeybound(['backup', '-'])
  settings(`${source}-new`)
  const { code, err } = await runKeybound(['restore', '-'], bytes)
  expect([code, err]).toEqual([1, expect.stringMatching(/another secret; set KEYBOUND_SECRET/)])
  expect(readdirSync(place(`${source}-new`))).toEqual([])
})

test.each([
  ['a file that is not there', () => place('missing'), /cannot be read: there is no such file/],
  ['a folder', () => folder, /cannot be read: it is a folder/],
])('restoring %s says so', async (_, file, message) => {
  expect(await runKeybound(['restore', file()])).toMatchObject({ code: 1, err: expect.stringMatching(message) })
})

test('a backup into a folder that is not there says so', async () => {
  const { code, err } = await runKeybound(['backup', place('no', 'such', 'folder')])
  expect([code, err]).toEqual([1, expect.stringMatching(/cannot be written: its folder does not exist/)])
})
