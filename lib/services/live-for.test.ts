import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { headersOf, outcome, usePeople } from '@/e2e/fixtures/people'
import { toTrustColumns } from '@/lib/db/trust-row'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { TrustDraft } from '@/lib/trust/trust'
import { isLiveFor, liveFor } from './live-for'
import { storeChallenge, takeChallenge } from './passkeys/challenge'
import { findKnownDevice } from './people/known-device'
import { makeResetLink, resetPassword } from './people/password-reset'
import { findSessionActor } from './people/session'
import { getSecondStep } from './second-factor/second-step'
import { finishSignIn } from './sign-in/finish-sign-in'
import { newSecret } from './sign-in/sign-in-secret'
import { storeIntent } from './sign-in/store-intent'

// Hashing takes long on purpose, and is tested by itself.
vi.mock('@/lib/passwords/hash-password', () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  verifyPassword: async ({ hash, password }: { hash: string; password: string }) => hash === `hash of ${password}`,
}))

const people = usePeople()
const { anonymous, pass } = people

/** Makes each thing that lasts for a while; gives what asks whether it counts. */
const things = {
  'the first step of a sign-in': async () => {
    const { cookies } = await (await people.enrolled()).begin()
    return async () => (await getSecondStep(anonymous(), headersOf(cookies))) !== null
  },
  'a known device': async () => {
    const { cookies } = await (await people.person()).begin()
    return async () => (await findKnownDevice(headersOf(cookies), people.now)) !== null
  },
  'a session': async () => {
    const { cookies } = await (await people.person()).begin()
    return async () => (await findSessionActor(anonymous(), headersOf(cookies))) !== null
  },
  'a link for a new password': async () => {
    const [admin, ada] = [await people.person(), await people.person()]
    const { path } = await makeResetLink(await admin.signedIn(), ada.id)
    const input = { token: path.split('#')[1] ?? '', newPassword: 'another horse, another battery' }
    return async () => (await outcome(resetPassword({ ...anonymous(), ip: randomUUID() }, input))) === 'done'
  },
  'a challenge for a passkey': async () => {
    const use = { purpose: 'sign-in', userId: null } as const
    const cookie = await storeChallenge(anonymous(), use, 'challenge')
    return async () => (await takeChallenge(people.db, anonymous(), use, headersOf([cookie]))) !== null
  },
  'a sign-in through a provider': async () => {
    const { id: userId } = await people.person()
    const keys = [{ kind: 'jwks-url', url: 'https://portal.example/keys' }]
    const options = { jwtEndpoint: 'https://portal.example/jwt' }
    const draft = { kind: 'sign-in' as const, name: 'Portal', issuer: 'https://portal.example', keys, options }
    const columns = toTrustColumns(TrustDraft.parse(draft))
    const trust = { id: randomUUID(), organizationId: people.organizationId }
    await people.db.trust.create({ data: { ...trust, ...columns } })
    const [browser, token] = [newSecret(), newSecret()]
    const started = { purpose: 'session', browserHash: await sha256Hex(browser), successUrl: '/' } as const
    const id = await storeIntent(people.db, anonymous(), trust, started)
    const data = { status: 'succeeded', userId, tokenHash: await sha256Hex(token) }
    await people.db.signInIntent.update({ where: { id }, data })
    return async () => 'path' in (await finishSignIn(anonymous(), { id, token, browser }))
  },
}
const each = Object.entries(things)

describe('made while the clock ran a day ahead', () => {
  test.each(each)('%s does not count after the clock was set back', async (_, make) => {
    pass(86_400)
    const counts = await make()
    pass(-86_400)
    expect(await counts()).toBe(false)
  })
})

describe('made by a server whose clock is half a minute ahead', () => {
  test.each(each)('%s counts', async (_, make) => {
    pass(30)
    const counts = await make()
    pass(-30)
    expect(await counts()).toBe(true)
  })
})

const stored = each.filter(([name]) => !/first step|device/.test(name))
describe('with an end in the database that is no time', () => {
  test.each(stored)('%s does not count', async (_, make) => {
    const counts = await make()
    for (const table of ['Session', 'PasswordReset', 'PasskeyChallenge', 'SignInIntent']) {
      await people.db.$executeRawUnsafe(`UPDATE "${table}" SET "expiresAt" = 'never'`)
    }
    expect(await counts()).toBe(false)
    for (const table of ['Session', 'PasswordReset', 'PasskeyChallenge', 'SignInIntent']) {
      await people.db.$executeRawUnsafe(`DELETE FROM "${table}"`)
    }
  })
})

test('an end counts until it has come, and none that is more than a minute later than the server could set now', () => {
  const now = new Date('2026-06-01T12:00:00Z')
  const seconds = now.getTime() / 1000
  const counting = [-1, 0, 1, 300, 360, 361].filter((ahead) => isLiveFor(seconds + ahead, now, 300))
  expect(counting).toEqual([1, 300, 360])
  expect(liveFor(now, 300)).toEqual({ gt: now, lte: new Date('2026-06-01T12:06:00Z') })
})
