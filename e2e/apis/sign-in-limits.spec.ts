import { scryptSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer, Client } from './client'
import { attached, credentials, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'

const issuer = createIssuer()
const env = { TRUSTED_PROXY_HOPS: '1' }
let here: Installation
/** Where a wrong password costs what it costs. */
let slow: Installation
beforeAll(async () => {
  here = await install(env)
  slow = await install(env, { own: true, hasQuickPasswords: false })
})
afterAll(() => Promise.all([here.stop(), slow.stop()]))

const from = (ip: string, { anonymous } = here) => anonymous.as({ 'x-forwarded-for': ip })

const signIn = (ip: string, email: string, at = here): Promise<Answer> =>
  from(ip, at).post('/api/admin/session', { email, password: 'wrong password' })

test('the password is kept only as a hash of a memory-hard function', async () => {
  const account = await slow.db.account.findFirstOrThrow()
  expect(account.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
  const [salt = '', key] = String(account.password).split(':')
  const work = { N: 16384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 }
  expect(scryptSync(credentials.password, salt, 64, work).toString('hex')).toBe(key)
  expect(await slow.holds(credentials.password)).toBe(false)
  expect(slow.keybound.logs()).not.toContain(credentials.password)
})

test('of many concurrent sign-ins the excess gets Retry-After, and machines can still log in', async () => {
  const id = await attached(slow, { publicKeys: [issuer.pem] })
  const addressOf = (at: number) => `2001:db8:0:${at.toString(16)}::1`
  const flood = Array.from({ length: 60 }, (_, at) => signIn(addressOf(at), `${at}@example.org`, slow))
  expect((await login(from('203.0.113.4', slow), id, issuer.token())).status).toBe(200)
  const answers = await Promise.all(flood)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]))
  const excess = answers.filter(({ status }) => status === 429)
  expect(excess.map(({ headers }) => Number(headers.get('retry-after')) > 0)).not.toContain(false)
})

test('72 wrong passwords from eight addresses do not lock the admin out of browsers and addresses they signed in from', async () => {
  const right = (client: Client) => client.post('/api/admin/session', credentials)
  const first = await right(from('203.0.113.9'))
  expect(first.status, first.text).toBe(201)
  const device = first.headers.getSetCookie().find((cookie) => cookie.startsWith('keybound.device='))
  // One after the other, for many at once would be told to wait for another reason.
  const statuses: number[] = []
  for (let at = 0; at < 72; at++) statuses.push((await signIn(`198.51.100.${at % 8}`, credentials.email)).status)
  expect(new Set(statuses)).toEqual(new Set([401, 429]))

  expect((await right(from('192.0.2.77'))).status, 'from an address without an earlier sign-in').toBe(429)
  const cookie = String(device).split(';')[0] as string
  expect((await right(from('192.0.2.77').as({ 'x-forwarded-for': '192.0.2.77', cookie }))).status, 'a browser').toBe(
    201,
  )
  expect((await right(from('203.0.113.9'))).status, 'an address').toBe(201)
})

test.runIf(process.platform === 'linux')(
  'ever new email addresses from one address do not grow the memory of the server',
  async () => {
    const status = () => readFileSync(`/proc/${here.keybound.pid()}/status`, 'utf8')
    const residentKiB = () => Number(/^VmRSS:\s+(\d+) kB$/m.exec(status())?.[1])
    let made = 0
    const attempts = async (count: number) => {
      const until = made + count
      const one = async () => {
        while (made < until) await signIn('203.0.113.5', `${made++}@example.net`)
      }
      await Promise.all(Array.from({ length: 10 }, one))
    }
    await attempts(1_000)
    const before = residentKiB()
    await attempts(2_000)
    expect(residentKiB()).toBeLessThan(before * 1.2)
  },
)
