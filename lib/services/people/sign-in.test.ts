import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { connect, type Db } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import type { Context } from '../context'
import { signIn } from './sign-in'

// Hashing takes long on purpose, and is tested by itself.
vi.mock('@/lib/passwords/hash-password', () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  verifyPassword: async ({ hash, password }: { hash: string; password: string }) => hash === `hash of ${password}`,
}))

let folder: string
let db: Db
const organizationId = randomUUID()

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keybound-sign-in-'))
  const { url } = await migratedDatabase('sqlite', folder)
  Object.assign(process.env, { DATABASE_URL: url, KEYBOUND_SECRET: 'a secret for tests, known to all' })
  db = connect(url)
  await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: 'acme' } })
})
afterAll(async () => {
  await db.$disconnect()
  await rm(folder, { recursive: true, force: true })
})

const password = 'correct horse battery staple'

/** A person with a password, whose email address no other test counts. */
async function person() {
  const id = randomUUID()
  const email = `${id}@example.com`
  await db.user.create({ data: { id, name: 'Ada', email } })
  await db.account.create({
    data: { id: randomUUID(), accountId: id, providerId: 'credential', userId: id, password: `hash of ${password}` },
  })
  await db.membership.create({ data: { id: randomUUID(), userId: id, organizationId, role: 'admin' } })
  return email
}

const from = (ip: string): Context => ({
  db,
  keys: { get: unused, refresh: unused, forget: () => {} },
  keySourceRecorder: { fetched: () => {}, judged: () => {}, settled: async () => {} },
  now: () => new Date('2026-06-01T12:00:00Z'),
  requestId: newRequestId(),
  ip,
  userAgent: null,
  actor: { kind: 'anonymous' },
  organizationId: null,
})
const unused = () => Promise.reject(new TypeError('no key is fetched here'))

type Try = { ip?: string; password?: string; cookies?: string[] }

const attempt = (email: string, { ip = '192.0.2.1', password: tried = password, cookies = [] }: Try = {}) =>
  signIn(
    from(ip),
    { email, password: tried },
    new Headers({ cookie: cookies.map((line) => line.split(';')[0]).join('; ') }),
  )

const outcome = (tried: Promise<unknown>) =>
  tried.then(
    () => 'signed in',
    (error: { kind: string }) => error.kind,
  )

/** Wrong passwords, eight addresses in turn, nine of each: none of the limits by address refuses one. */
async function attack(email: string) {
  for (let time = 0; time < 72; time++) {
    await outcome(attempt(email, { ip: `198.51.100.${time % 8}`, password: 'wrong' }))
  }
}

let email: string
beforeEach(async () => {
  email = await person()
})

describe('others’ wrong passwords', () => {
  test('slow down attempts on that person from anywhere', async () => {
    await attack(email)
    expect(await outcome(attempt(email, { ip: '203.0.113.1' }))).toBe('too-many')
  })

  test('never lock a person out of a device on which they have signed in before', async () => {
    const { cookies } = await attempt(email, { ip: '203.0.113.2' })
    await attack(email)
    // From a new address, and from one that the attack came from.
    expect(await outcome(attempt(email, { ip: '203.0.113.3', cookies }))).toBe('signed in')
    expect(await outcome(attempt(email, { ip: '198.51.100.1', cookies }))).toBe('signed in')
  })

  test('nor out of an address from which they have', async () => {
    await attempt(email, { ip: '203.0.113.10' })
    await attack(email)
    expect(await outcome(attempt(email, { ip: '203.0.113.10' }))).toBe('signed in')
  })

  test('a device stays known for a person when another signs in on it', async () => {
    const first = await attempt(email, { ip: '203.0.113.4' })
    const second = await attempt(await person(), { ip: '203.0.113.4', cookies: first.cookies })
    await attack(email)
    expect(await outcome(attempt(email, { ip: '203.0.113.5', cookies: second.cookies }))).toBe('signed in')
  })
})

describe('a device', () => {
  test('is not known for people who never signed in on it, and not by a cookie of another’s making', async () => {
    const { cookies } = await attempt(await person(), { ip: '203.0.113.6' })
    await attack(email)
    expect(await outcome(attempt(email, { ip: '203.0.113.7', cookies }))).toBe('too-many')
    for (const forged of ['keybound.device=a', 'keybound.device=a.b.c.d.e', `keybound.device=${'a'.repeat(5000)}`]) {
      expect(await outcome(attempt(email, { ip: '203.0.113.7', cookies: [forged] }))).toBe('too-many')
    }
  })

  test('that is known is no way to guess a password', async () => {
    const { cookies } = await attempt(email, { ip: '203.0.113.8' })
    const tries = Array.from({ length: 50 }, (_, at) =>
      outcome(attempt(email, { ip: `203.0.114.${at}`, password: 'wrong', cookies })),
    )
    expect((await Promise.all(tries)).filter((kind) => kind === 'unauthenticated')).toHaveLength(10)
  })

  test('is known by a cookie that scripts cannot read and other sites do not send', async () => {
    const { cookies } = await attempt(email, { ip: '203.0.113.9' })
    expect(cookies.find((line) => line.startsWith('keybound.device='))).toMatch(/; HttpOnly; SameSite=Strict$/)
  })
})

describe('attempts made at once', () => {
  test('with wrong passwords are not judged beyond the limit', async () => {
    const tries = Array.from({ length: 400 }, () => outcome(attempt(email, { ip: '203.0.115.1', password: 'wrong' })))
    expect((await Promise.all(tries)).filter((kind) => kind === 'unauthenticated')).toHaveLength(10)
  })

  test('from one IPv6 /64 are of one address', async () => {
    const tries = Array.from({ length: 30 }, (_, at) =>
      outcome(attempt(email, { ip: `2001:db8:1:2::${at}`, password: 'wrong' })),
    )
    expect((await Promise.all(tries)).filter((kind) => kind === 'unauthenticated')).toHaveLength(10)
  })

  test('with ever new email addresses are refused by address, and write nothing then', async () => {
    const ip = '203.0.115.2'
    for (let at = 0; at < 150; at++) await outcome(attempt(`${at}@example.org`, { ip, password: 'wrong' }))
    const before = await db.auditEntry.count()
    expect(await outcome(attempt('new@example.org', { ip, password: 'wrong' }))).toBe('too-many')
    expect(await db.auditEntry.count()).toBe(before)
  })
})
