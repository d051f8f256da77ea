import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runKeybound } from '@/e2e/fixtures/terminal'
import { connect } from '@/lib/db/client'
import { parseEnv } from '@/lib/env'
import { perProcess } from '@/lib/per-process'
import { publicKeySet, signingKey } from '@/lib/services/installation/signing-key'

const folder = mkdtempSync(path.join(tmpdir(), 'keybound-rotate-'))
const url = `file:${path.join(folder, 'keybound.db')}`
const [former, present] = ['the secret of this installation, so far', 'the secret of this installation, from now on']
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As a process that has just started with these settings. */
const settings = (KEYBOUND_SECRET: string, KEYBOUND_PREVIOUS_SECRET = '', DATABASE_URL = url) => {
  perProcess('env').value = parseEnv({ DATABASE_URL, KEYBOUND_SECRET, KEYBOUND_PREVIOUS_SECRET }, folder)
}
beforeAll(async () => {
  settings(former)
  await runKeybound(['migrate'])
})

/** The names of the keys as a process that has just started publishes them, that which signs first. */
async function published(): Promise<unknown[]> {
  const db = connect(url)
  try {
    await signingKey(db)
    return (await publicKeySet(db, new Date())).keys.map(({ kid }) => kid)
  } finally {
    await db.$disconnect()
  }
}

test('a new key signs at once and is named, and the former stays published', async () => {
  settings(former)
  const [first] = await published()
  const { code, out } = await runKeybound(['rotate-keys'])
  expect([code, out]).toEqual([0, expect.stringMatching(/^The signing key [\w-]{43} signs from 20.*Z\.$/)])
  const [second, ...others] = await published()
  expect([out.includes(String(second)), others]).toEqual([true, [first]])
  expect(await runKeybound(['rotate-keys', '--publish-first', '15'])).toMatchObject({ code: 0 })
  expect((await published())[0]).toBe(second)
  expect(await runKeybound(['rotate-keys', '--end-tokens'])).toMatchObject({ code: 0 })
  expect(await published()).toHaveLength(1)
})

test('the secret is changed, and the former one is needed no more', async () => {
  settings(former)
  const before = await published()
  settings(present, former)
  const { code, out } = await runKeybound(['rotate-keys', '--secret'])
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^Sealed with KEYBOUND_SECRET: 1 signing-key, 0 evidence-key, 0 second-factor/),
  ])
  expect(out).not.toMatch(new RegExp(`${former}|${present}`))
  settings(present)
  expect(await published()).toEqual(before)
  settings(former)
  const refused = await runKeybound(['rotate-keys'])
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/^KEYBOUND_SECRET is not the secret/)])
})

test.each([
  [['--secret'], /KEYBOUND_PREVIOUS_SECRET/],
  [['--secret', '--end-tokens'], /goes with no other option/],
  [['--publish-first', '5', '--end-tokens'], /Give either/],
  [['--publish-first', 'soon'], /whole number of minutes/],
  [['--publish-first', '-1'], /publish-first/],
])('%j is wrong usage', async (args, message) => {
  settings(present)
  expect(await runKeybound(['rotate-keys', ...args])).toMatchObject({ code: 2, err: expect.stringMatching(message) })
})

test('a database that is not there is not made', async () => {
  const file = path.join(folder, 'missing.db')
  settings(present, '', `file:${file}`)
  expect(await runKeybound(['rotate-keys'])).toMatchObject({ code: 1, err: expect.stringMatching(/not there/) })
  expect(existsSync(file)).toBe(false)
})
