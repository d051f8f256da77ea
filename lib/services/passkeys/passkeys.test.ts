import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { outcome } from '@/e2e/fixtures/people'
import { authenticator, type Ceremony } from '@/e2e/peers/authenticator'
import { connect, type Db } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import type { Context } from '../context'
import { findSessionActor } from '../people/session'
import { startSession } from '../people/start-session'
import { addPasskey, beginPasskey, listPasskeys, removePasskey, renamePasskey } from './own-passkeys'
import { beginPasskeySignIn, offersPasskeys, signInWithPasskey } from './sign-in-with-passkey'

let folder: string
let db: Db
const organizationId = randomUUID()
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keybound-passkeys-'))
  const { url } = await migratedDatabase('sqlite', folder)
  Object.assign(process.env, { DATABASE_URL: url, KEYBOUND_SECRET: 'a secret for tests, known to all' })
  db = connect(url)
  await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: 'acme' } })
})
afterAll(async () => {
  await db.$disconnect()
  await rm(folder, { recursive: true, force: true })
})

let now = new Date('2026-06-01T12:00:00Z')
beforeEach(async () => {
  now = new Date('2026-06-01T12:00:00Z')
  await db.organization.updateMany({ data: { requiresSecondFactor: false } })
})
const unused = () => Promise.reject(new TypeError('no key is fetched here'))
const anonymous = (): Context => ({
  db,
  keys: { get: unused, refresh: unused, forget: () => {} },
  keySourceRecorder: { fetched: () => {}, judged: () => {}, settled: async () => {} },
  now: () => now,
  requestId: newRequestId(),
  ip: '192.0.2.1',
  userAgent: null,
  actor: { kind: 'anonymous' },
  organizationId: null,
})

/** A browser at an address, with the cookies it was given. */
const browser = (host = 'localhost:3000', cookies: string[] = []) =>
  new Headers({ host, cookie: cookies.map((line) => line.split(';')[0]).join('; ') })

/** A signed-in person. */
async function person() {
  const id = randomUUID()
  await db.user.create({ data: { id, name: 'Ada', email: `${id}@example.com` } })
  await db.membership.create({ data: { id: randomUUID(), userId: id, organizationId, role: 'member' } })
  const cookies = await db.$transaction((tx) => startSession(tx, anonymous(), id, 'password'))
  await db.session.updateMany({ where: { userId: id }, data: { createdAt: now } })
  const found = await findSessionActor(anonymous(), browser('localhost', cookies))
  if (!found) throw new Error('there is no session')
  return { id, cookies, ctx: { ...anonymous(), ...found } }
}

/** A person with a registered passkey. */
async function registered(counter = 0) {
  const ada = await person()
  const key = authenticator(ada.id)
  const { options, cookies } = await beginPasskey(ada.ctx, {}, browser())
  const credential = key.create({ challenge: options.challenge, counter })
  const { passkey } = await addPasskey(ada.ctx, { name: 'Laptop', credential }, browser('localhost:3000', cookies))
  return { ...ada, key, passkey }
}

async function attempt(key: ReturnType<typeof authenticator>, ceremony: Omit<Ceremony, 'challenge'> = {}) {
  const { options, cookies } = await beginPasskeySignIn(anonymous(), browser())
  const assertion = key.get({ challenge: options.challenge, ...ceremony })
  return signInWithPasskey(anonymous(), assertion, browser('localhost:3000', cookies))
}

describe('a passkey', () => {
  test('signs its person in, as both steps at once', async () => {
    const ada = await registered()
    expect(await offersPasskeys(anonymous(), browser())).toBe(true)
    const { cookies } = await attempt(ada.key)
    expect((await findSessionActor(anonymous(), browser('localhost', cookies)))?.actor).toMatchObject({ id: ada.id })
    const sessions = await db.session.findMany({ where: { userId: ada.id } })
    expect(sessions.map(({ method }) => method)).toContain('passkey')
    expect((await listPasskeys(ada.ctx))[0]).toMatchObject({ name: 'Laptop', lastUsedAt: now })
  })

  test('must be discoverable and verify its person, and vouches for no maker', async () => {
    const ada = await person()
    const { options } = await beginPasskey(ada.ctx, {}, browser())
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Keybound' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    const begun = await beginPasskeySignIn(anonymous(), browser())
    expect(begun.options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
    expect(begun.options.allowCredentials ?? []).toEqual([])
    expect(begun.cookies[0]).toMatch(/^keybound\.passkey=.*; Max-Age=300; HttpOnly; SameSite=Strict$/)
  })

  test.each(['none', 'packed', 'fido-u2f', 'tpm', 'apple', 'android-key', 'android-safetynet', 'of tomorrow'])(
    'is taken without a look at its attestation, whose certificates say what to fetch: %s',
    async (fmt) => {
      const ada = await person()
      const { options, cookies } = await beginPasskey(ada.ctx, {}, browser())
      const x5c = [new Uint8Array([0x30, 0]), new Uint8Array([0x30, 0])]
      const statement = new Map<string, unknown>([
        ['x5c', x5c],
        ['sig', new Uint8Array(8)],
        ['alg', -7],
      ])
      const key = authenticator(ada.id)
      const credential = key.create({ challenge: options.challenge, attestation: [fmt, statement] })
      const adding = addPasskey(ada.ctx, { name: 'Laptop', credential }, browser('localhost:3000', cookies))
      expect(await outcome(adding)).toBe('done')
      expect(await outcome(attempt(key))).toBe('done')
    },
  )

  test('of an authenticator that has counted further than a column can', async () => {
    const ada = await registered(2 ** 32 - 2)
    expect(await outcome(attempt(ada.key, { counter: 2 ** 32 - 1 }))).toBe('done')
  })

  test.each<[string, Omit<Ceremony, 'challenge'>]>([
    ['whose device has not verified the person', { isVerified: false }],
    ['of another origin', { origin: 'http://localhost:3001' }],
    ['of another site', { rpId: 'evil.example' }],
  ])('%s is neither registered nor accepted', async (_, wrong) => {
    const ada = await person()
    const { options, cookies } = await beginPasskey(ada.ctx, {}, browser())
    const credential = authenticator(ada.id).create({ challenge: options.challenge, ...wrong })
    const adding = addPasskey(ada.ctx, { name: 'Laptop', credential }, browser('localhost:3000', cookies))
    expect(await outcome(adding)).toBe('passkey_refused')
    expect(await outcome(attempt((await registered()).key, wrong))).toBe('passkey_refused')
  })

  test('whose counter does not grow is refused as a copy, and on record', async () => {
    const ada = await registered(7)
    expect(await outcome(attempt(ada.key, { counter: 8 }))).toBe('done')
    for (const counter of [8, 3, 0]) expect(await outcome(attempt(ada.key, { counter }))).toBe('passkey_refused')
    const refused = { action: 'session.refused', targetId: ada.id, after: { contains: 'counter went back' } }
    expect(await db.auditEntry.count({ where: refused })).toBeGreaterThan(0)
    expect(await outcome(attempt(ada.key, { counter: 9 }))).toBe('done')
  })

  test('made by another person is refused', async () => {
    const [ada, eve] = [await registered(), await registered()]
    const { options, cookies } = await beginPasskeySignIn(anonymous(), browser())
    const forged = { ...eve.key.get({ challenge: options.challenge }), ...idsOf(ada.key) }
    expect(await outcome(signInWithPasskey(anonymous(), forged, browser('localhost:3000', cookies)))).toBe(
      'passkey_refused',
    )
    expect(await outcome(attempt(authenticator(ada.id)))).toBe('passkey_refused')
  })

  const idsOf = (key: ReturnType<typeof authenticator>) => {
    const { id, rawId } = key.get({ challenge: 'AA' })
    return { id, rawId }
  }

  test('is renamed and removed by its person only, and then counts no more', async () => {
    const [ada, eve] = [await registered(), await person()]
    const { id } = ada.passkey
    expect(await outcome(renamePasskey(eve.ctx, id, { name: 'Mine' }))).toBe('not-found')
    expect(await outcome(removePasskey(eve.ctx, id, {}))).toBe('not-found')
    await renamePasskey(ada.ctx, id, { name: 'Phone' })
    expect((await listPasskeys(ada.ctx)).map(({ name }) => name)).toEqual(['Phone'])
    await removePasskey(ada.ctx, id, {})
    expect(await outcome(attempt(ada.key))).toBe('passkey_refused')
  })

  test('is added or removed with a password or a code only, when the sign-in is more than ten minutes old', async () => {
    const ada = await registered()
    now = new Date(now.getTime() + 601_000)
    expect(await outcome(beginPasskey(ada.ctx, {}, browser()))).toBe('proof_needed')
    expect(await outcome(removePasskey(ada.ctx, ada.passkey.id, {}))).toBe('proof_needed')
  })

  test('is a second factor where one is required, and then the last one stays', async () => {
    const ada = await person()
    await db.organization.updateMany({ data: { requiresSecondFactor: true } })
    const lacking = { ...ada.ctx, ...(await findSessionActor(anonymous(), browser('localhost', ada.cookies))) }
    expect(lacking.actor).toMatchObject({ lacksSecondFactor: true })
    const other = await db.$transaction((tx) => startSession(tx, anonymous(), ada.id, 'password'))
    const { options, cookies } = await beginPasskey(lacking, {}, browser())
    const credential = authenticator(ada.id).create({ challenge: options.challenge })
    const { passkey } = await addPasskey(lacking, { name: 'Laptop', credential }, browser('localhost:3000', cookies))
    expect(await findSessionActor(anonymous(), browser('localhost', other))).toBeNull()
    const free = await findSessionActor(anonymous(), browser('localhost', ada.cookies))
    expect(free?.actor).not.toHaveProperty('lacksSecondFactor')
    expect(await outcome(removePasskey({ ...ada.ctx, ...free }, passkey.id, {}))).toBe('last_second_factor')
  })
})

describe('a challenge', () => {
  test('counts once', async () => {
    const ada = await registered()
    const { options, cookies } = await beginPasskeySignIn(anonymous(), browser())
    const assertion = ada.key.get({ challenge: options.challenge })
    const both = [1, 2].map(() =>
      outcome(signInWithPasskey(anonymous(), assertion, browser('localhost:3000', cookies))),
    )
    expect((await Promise.all(both)).sort()).toEqual(['done', 'passkey_refused'])
  })

  test('counts in the browser that asked for it, for five minutes, and for what it was asked', async () => {
    const ada = await registered()
    const { options, cookies } = await beginPasskeySignIn(anonymous(), browser())
    const assertion = ada.key.get({ challenge: options.challenge })
    expect(await outcome(signInWithPasskey(anonymous(), assertion, browser()))).toBe('passkey_refused')
    const other = (await beginPasskeySignIn(anonymous(), browser())).cookies
    expect(await outcome(signInWithPasskey(anonymous(), assertion, browser('localhost:3000', other)))).toBe(
      'passkey_refused',
    )
    const registering = await beginPasskey(ada.ctx, {}, browser())
    const misused = ada.key.get({ challenge: registering.options.challenge })
    expect(await outcome(signInWithPasskey(anonymous(), misused, browser('localhost:3000', registering.cookies)))).toBe(
      'passkey_refused',
    )
    now = new Date(now.getTime() + 301_000)
    expect(await outcome(signInWithPasskey(anonymous(), assertion, browser('localhost:3000', cookies)))).toBe(
      'passkey_refused',
    )
  })

  test('that is over is removed when another is stored', async () => {
    await beginPasskeySignIn(anonymous(), browser())
    now = new Date(now.getTime() + 301_000)
    await beginPasskeySignIn(anonymous(), browser())
    expect(await db.passkeyChallenge.count({ where: { expiresAt: { lt: now } } })).toBe(0)
  })
})
