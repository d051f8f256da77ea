import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect, type Db } from '@/lib/db/client'
import { migrate } from '@/lib/db/migrate'
import { newRequestId } from '@/lib/ids'
import type { Context } from '../context'
import { setOrganizationSettings } from '../organization/settings'
import { findSessionActor } from '../people/session'
import { signIn } from '../people/sign-in'
import { removeSecondFactor, renewRecoveryCodes, resetSecondFactor } from './change'
import { beginEnrolment, confirmEnrolment } from './enrol'
import { completeSecondStep, getSecondStep } from './second-step'

// Hashing takes long on purpose, and is tested by itself.
vi.mock('@/lib/passwords/hash-password', () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  verifyPassword: async ({ hash, password }: { hash: string; password: string }) => hash === `hash of ${password}`,
}))

let folder: string
let db: Db
let organizationId: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keybound-second-factor-'))
  const url = `file:${path.join(folder, 'keybound.db')}`
  Object.assign(process.env, { DATABASE_URL: url, KEYBOUND_SECRET: 'a secret for tests, known to everybody' })
  await migrate(url)
  db = connect(url)
})
afterAll(async () => {
  await db.$disconnect()
  await rm(folder, { recursive: true, force: true })
})

const password = 'correct horse battery staple'
let now = new Date('2026-06-01T12:00:00Z')
const pass = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000)
}
const unused = () => Promise.reject(new TypeError('no key is fetched here'))

const nobody = (): Context => ({
  db,
  keys: { get: unused, refresh: unused, forget: () => {} },
  ledger: { fetched: () => {}, judged: () => {}, settled: async () => {} },
  now: () => now,
  requestId: newRequestId(),
  ip: '192.0.2.1',
  userAgent: null,
  actor: { kind: 'anonymous' },
  organizationId: null,
})

const rawHeaders = (cookies: string[]) => new Headers({ cookie: cookies.map((line) => line.split(';')[0]).join('; ') })

/** A person with a password, and ways to be them. */
async function person(role = 'admin') {
  const id = randomUUID()
  const email = `${id}@example.com`
  await db.user.create({ data: { id, name: 'Ada', email } })
  await db.account.create({
    data: { id: randomUUID(), accountId: id, providerId: 'credential', userId: id, password: `hash of ${password}` },
  })
  await db.membership.create({ data: { id: randomUUID(), userId: id, organizationId, role } })
  const begin = () => signIn(nobody(), { email, password }, new Headers())
  const actorOf = async (cookies: string[]): Promise<Context> => {
    const found = await findSessionActor(nobody(), rawHeaders(cookies))
    if (!found) throw new Error('there is no session')
    return { ...nobody(), ...found }
  }
  return { id, email, begin, actorOf, signedIn: async () => actorOf((await begin()).cookies) }
}

/** A person whose sign-ins ask for a code. */
async function enrolled() {
  const ada = await person()
  const ctx = await ada.signedIn()
  const { secret } = await beginEnrolment(ctx, {})
  const code = (at = now) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() })
  const { recoveryCodes } = await confirmEnrolment(ctx, code())
  pass(30)
  return { ...ada, ctx, code, secret, recoveryCodes }
}

const second = (cookies: string[], code: string) => completeSecondStep(nobody(), code, rawHeaders(cookies))
const outcome = (tried: Promise<unknown>) =>
  tried.then(
    () => 'done',
    (error: { kind: string; reason?: string }) => error.reason ?? error.kind,
  )
const entry = (action: string) => db.auditEntry.findFirstOrThrow({ where: { organizationId, action } })
const actions = async () => (await db.auditEntry.findMany({ where: { organizationId } })).map(({ action }) => action)

beforeEach(async () => {
  now = new Date('2026-06-01T12:00:00Z')
  organizationId = randomUUID()
  await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
})

describe('the second step of a sign-in', () => {
  test('follows the password, and only then there is a session', async () => {
    const ada = await enrolled()
    const first = await ada.begin()
    expect(first.secondStep).toEqual({ code: true, passkey: false })
    expect(first.cookies).toHaveLength(1)
    expect(first.cookies[0]).toMatch(/^keybound\.second-step=.*; Max-Age=300; HttpOnly; SameSite=Strict$/)
    expect(await findSessionActor(nobody(), rawHeaders(first.cookies))).toBeNull()
    const renamed = first.cookies.map((line) => line.replace('second-step', 'session_token'))
    expect(await findSessionActor(nobody(), rawHeaders(renamed))).toBeNull()
    const done = await second(first.cookies, ada.code())
    expect((await ada.actorOf(done.cookies)).actor).toMatchObject({ kind: 'user', id: ada.id })
    expect((await db.session.findMany({ where: { userId: ada.id } })).map(({ method }) => method)).toContain(
      'password+code',
    )
    expect(await actions()).toEqual(expect.arrayContaining(['session.challenged', 'session.started']))
  })

  test('is not begun by a wrong password, and a wrong code starts no session and is on record', async () => {
    const ada = await enrolled()
    expect(await outcome(signIn(nobody(), { email: ada.email, password: 'wrong' }, new Headers()))).toBe(
      'wrong_credentials',
    )
    const sessions = await db.session.count()
    expect(await outcome(second((await ada.begin()).cookies, '000000'))).toBe('wrong_code')
    expect(await db.session.count()).toBe(sessions)
    const refused = { action: 'session.refused', targetId: ada.id, after: { contains: 'wrong code' } }
    expect(await db.auditEntry.count({ where: refused })).toBe(1)
  })

  test('counts once: the cookie is worth nothing after it, even with the next code', async () => {
    const ada = await enrolled()
    const { cookies } = await ada.begin()
    await second(cookies, ada.code())
    pass(30)
    expect(await outcome(second(cookies, ada.code()))).toBe('second_step_over')
    expect(await getSecondStep(nobody(), rawHeaders(cookies))).toBeNull()
  })

  test('lasts five minutes, and not beyond a new password', async () => {
    const ada = await enrolled()
    const { cookies } = await ada.begin()
    pass(299)
    expect(await getSecondStep(nobody(), rawHeaders(cookies))).toMatchObject({ code: true, next: '/' })
    pass(2)
    expect(await outcome(second(cookies, ada.code()))).toBe('second_step_over')
    const again = await ada.begin()
    await db.account.updateMany({ where: { userId: ada.id }, data: { password: 'hash of another' } })
    expect(await outcome(second(again.cookies, ada.code()))).toBe('second_step_over')
  })

  test('cannot be begun by a cookie of another’s making', async () => {
    const ada = await enrolled()
    for (const value of ['a', 'a.b.c.d.e', JSON.stringify({ userId: ada.id }), 'a'.repeat(5000)]) {
      expect(await outcome(second([`keybound.second-step=${value}`], ada.code()))).toBe('second_step_over')
    }
  })

  test('proves the device only when it is made', async () => {
    const ada = await enrolled()
    expect((await ada.begin()).cookies.join()).not.toContain('device')
    expect((await second((await ada.begin()).cookies, ada.code())).cookies.join()).toContain('keybound.device=')
  })
})

describe('a code', () => {
  test('is accepted once, and none of an earlier step after it', async () => {
    const ada = await enrolled()
    const [one, other] = [await ada.begin(), await ada.begin()]
    const earlier = ada.code(new Date(now.getTime() - 30_000))
    const code = ada.code()
    const both = await Promise.all([one, other].map(({ cookies }) => outcome(second(cookies, code))))
    expect(both.filter((one) => one === 'done')).toHaveLength(1)
    for (const spent of [code, earlier]) {
      expect(await outcome(second((await ada.begin()).cookies, spent))).toBe('wrong_code')
    }
  })

  test('that ended the enrolment signs nobody in', async () => {
    const ada = await enrolled()
    const spent = ada.code(new Date(now.getTime() - 30_000))
    expect(await outcome(second((await ada.begin()).cookies, spent))).toBe('wrong_code')
  })

  test('cannot be guessed: after ten wrong ones none is judged for five minutes, the right one included', async () => {
    const ada = await enrolled()
    const { cookies } = await ada.begin()
    const tries = await Promise.all(Array.from({ length: 40 }, () => outcome(second(cookies, '000000'))))
    expect(tries.filter((kind) => kind === 'wrong_code')).toHaveLength(10)
    expect(tries.filter((kind) => kind === 'too-many')).toHaveLength(30)
    expect(await outcome(second(cookies, ada.code()))).toBe('too-many')
    expect(await outcome(second(cookies, ada.recoveryCodes[0] ?? ''))).toBe('too-many')
    pass(300)
    expect(await outcome(second((await ada.begin()).cookies, ada.code()))).toBe('done')
  })

  test('after a clock that ran ahead was set back is judged', async () => {
    const ada = await enrolled()
    await db.secondFactor.update({
      where: { userId: ada.id },
      data: { failures: 10, failingSince: new Date(now.getTime() + 86_400_000) },
    })
    expect(await outcome(second((await ada.begin()).cookies, ada.code()))).toBe('done')
  })
})

describe('a recovery code', () => {
  test('replaces a code once, with or without its hyphens, and is on record', async () => {
    const ada = await enrolled()
    expect(ada.recoveryCodes).toHaveLength(10)
    expect(new Set(ada.recoveryCodes).size).toBe(10)
    const [recovery = ''] = ada.recoveryCodes
    expect(recovery).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/)
    const written = recovery.replaceAll('-', ' ').toUpperCase()
    expect(await outcome(second((await ada.begin()).cookies, written))).toBe('done')
    expect(await actions()).toContain('recovery-code.used')
    expect(await outcome(second((await ada.begin()).cookies, recovery))).toBe('wrong_code')
  })

  test('is used by one of two who try at once', async () => {
    const ada = await enrolled()
    const [one, other] = [await ada.begin(), await ada.begin()]
    const code = ada.recoveryCodes[1] ?? ''
    const both = await Promise.all([one, other].map(({ cookies }) => outcome(second(cookies, code))))
    expect(both.filter((one) => one === 'done')).toHaveLength(1)
  })

  test('is no code of another person, and none after new ones were made', async () => {
    const [ada, eve] = [await enrolled(), await enrolled()]
    expect(await outcome(second((await ada.begin()).cookies, eve.recoveryCodes[0] ?? ''))).toBe('wrong_code')
    const { recoveryCodes } = await renewRecoveryCodes(ada.ctx, { password })
    expect(await outcome(second((await ada.begin()).cookies, ada.recoveryCodes[0] ?? ''))).toBe('wrong_code')
    expect(await outcome(second((await ada.begin()).cookies, recoveryCodes[0] ?? ''))).toBe('done')
  })

  test('and the secret of the app are stored nowhere in the clear', async () => {
    const ada = await enrolled()
    const stored = JSON.stringify([
      await db.secondFactor.findMany(),
      await db.recoveryCode.findMany(),
      await db.auditEntry.findMany(),
    ])
    for (const secret of [ada.secret, ...ada.recoveryCodes]) {
      expect(stored).not.toContain(secret)
      expect(stored).not.toContain(secret.replaceAll('-', ''))
    }
  })
})

describe('changing a second factor', () => {
  test('that was not confirmed asks for nothing at sign-in', async () => {
    const ada = await person()
    await beginEnrolment(await ada.signedIn(), {})
    expect((await ada.begin()).secondStep).toBeNull()
  })

  test('to the first one ends the sessions that were begun without it', async () => {
    const ada = await person()
    const before = (await ada.begin()).cookies
    const ctx = await ada.signedIn()
    const { secret } = await beginEnrolment(ctx, {})
    await confirmEnrolment(ctx, new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: +now }))
    expect(await findSessionActor(nobody(), rawHeaders(before))).toBeNull()
    expect(await db.session.count({ where: { userId: ada.id } })).toBe(1)
  })

  test('needs a password or a code, ten minutes after the sign-in for a new one and at any time to remove one', async () => {
    const [ada, grace] = [await enrolled(), await person()]
    expect(await outcome(removeSecondFactor(ada.ctx, {}))).toBe('proof_needed')
    expect(await outcome(removeSecondFactor(ada.ctx, { code: '000000' }))).toBe('invalid')
    expect(await outcome(removeSecondFactor(ada.ctx, { password: 'wrong' }))).toBe('invalid')
    expect(await outcome(removeSecondFactor(ada.ctx, { code: ada.code() }))).toBe('done')
    expect(await db.recoveryCode.count({ where: { userId: ada.id } })).toBe(0)
    expect((await ada.begin()).secondStep).toBeNull()
    const ctx = await grace.signedIn()
    await db.session.updateMany({ data: { createdAt: new Date(now.getTime() - 601_000) } })
    expect(await outcome(beginEnrolment(ctx, {}))).toBe('proof_needed')
    expect(await outcome(beginEnrolment(ctx, { password }))).toBe('done')
  })

  test('by an admin ends that person’s sessions, is on record, and is not for oneself', async () => {
    const [ada, boss] = [await enrolled(), await person()]
    const ctx = await boss.signedIn()
    await resetSecondFactor(ctx, ada.id)
    expect(await entry('second-factor.reset')).toMatchObject({ targetId: ada.id, actorId: boss.id })
    expect(await db.session.count({ where: { userId: ada.id } })).toBe(0)
    expect((await ada.begin()).secondStep).toBeNull()
    expect(await outcome(resetSecondFactor(ctx, boss.id))).toBe('own_second_factor')
    const member = await person('member')
    expect(await outcome(resetSecondFactor(await member.signedIn(), ada.id))).toBe('role_too_low')
  })
})

describe('an organization that requires a second factor', () => {
  test('is not made so by somebody without one', async () => {
    const ada = await person()
    const change = setOrganizationSettings(await ada.signedIn(), { requiresSecondFactor: true })
    expect(await outcome(change)).toBe('second_factor_missing')
  })

  test('knows who has none, until they have one', async () => {
    const [ada, grace] = [await enrolled(), await person('member')]
    const ctx = await grace.signedIn()
    expect(ctx.actor).not.toHaveProperty('lacksSecondFactor')
    await setOrganizationSettings(ada.ctx, { requiresSecondFactor: true })
    const { cookies } = await grace.begin()
    const limited = await grace.actorOf(cookies)
    expect(limited.actor).toMatchObject({ lacksSecondFactor: true })
    const { secret } = await beginEnrolment(limited, {})
    await confirmEnrolment(limited, new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: +now }))
    expect((await grace.actorOf(cookies)).actor).not.toHaveProperty('lacksSecondFactor')
    // The last factor stays while it is required.
    expect(await outcome(removeSecondFactor(await grace.actorOf(cookies), { password }))).toBe('last_second_factor')
  })

  test('ends the sessions that people who have one began without it, and no others', async () => {
    const [ada, grace, other] = [await enrolled(), await enrolled(), await person()]
    const strong = (await second((await grace.begin()).cookies, grace.code())).cookies
    const none = (await other.begin()).cookies
    await setOrganizationSettings(ada.ctx, { requiresSecondFactor: true })
    const kept = await db.session.findMany({ where: { userId: grace.id } })
    expect(kept.map(({ method }) => method)).toEqual(['password+code'])
    expect(await findSessionActor(nobody(), rawHeaders(strong))).not.toBeNull()
    expect(await findSessionActor(nobody(), rawHeaders(none))).not.toBeNull()
    expect(await db.session.count({ where: { userId: ada.id } })).toBe(1)
  })
})

test('a database that cannot be asked is an error, not the end of a session', async () => {
  const { cookies } = await (await person()).begin()
  const lost = Object.assign(Object.create(db), { session: { findFirst: () => Promise.reject(new Error('lost')) } })
  await expect(findSessionActor({ ...nobody(), db: lost }, rawHeaders(cookies))).rejects.toThrow('lost')
})
