import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { codeOf, headersOf, outcome, password, usePeople } from '@/e2e/fixtures/people'
import { toTrustColumns } from '@/lib/db/trust-row'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { TrustDraft } from '@/lib/trust/trust'
import { setOrganizationSettings } from '../organization/settings'
import { listMemberLinks, removeMemberLink } from '../people/member-links'
import { findSessionActor } from '../people/session'
import { finishSignIn } from '../sign-in/finish-sign-in'
import { newSecret } from '../sign-in/sign-in-secret'
import { removeSecondFactor, resetSecondFactor } from './change'
import { beginEnrolment, confirmEnrolment } from './enrol'
import { getSecondStep } from './second-step'

// Hashing takes long on purpose, and is tested by itself.
vi.mock('@/lib/passwords/hash-password', () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  verifyPassword: async ({ hash, password }: { hash: string; password: string }) => hash === `hash of ${password}`,
}))

const people = usePeople()
const { anonymous, person, enrolled, second, entry } = people

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
    await confirmEnrolment(ctx, codeOf(secret, people.now))
    expect(await findSessionActor(anonymous(), headersOf(before))).toBeNull()
    expect(await people.db.session.count({ where: { userId: ada.id } })).toBe(1)
  })

  test('needs a password or a code, ten minutes after the sign-in for a new one and at any time to remove one', async () => {
    const [ada, grace] = [await enrolled(), await person()]
    expect(await outcome(removeSecondFactor(ada.ctx, {}))).toBe('proof_needed')
    expect(await outcome(removeSecondFactor(ada.ctx, { code: '000000' }))).toBe('invalid')
    expect(await outcome(removeSecondFactor(ada.ctx, { password: 'wrong' }))).toBe('invalid')
    expect(await outcome(removeSecondFactor(ada.ctx, { code: ada.code() }))).toBe('done')
    expect(await people.db.recoveryCode.count({ where: { userId: ada.id } })).toBe(0)
    expect((await ada.begin()).secondStep).toBeNull()
    const ctx = await grace.signedIn()
    await people.db.session.updateMany({ data: { createdAt: new Date(people.now.getTime() - 601_000) } })
    expect(await outcome(beginEnrolment(ctx, {}))).toBe('proof_needed')
    expect(await outcome(beginEnrolment(ctx, { password }))).toBe('done')
    // By a clock that ran ahead and was set back.
    await people.db.session.updateMany({ data: { createdAt: new Date(people.now.getTime() + 86_400_000) } })
    expect(await outcome(beginEnrolment(ctx, {}))).toBe('proof_needed')
  })

  test('by an admin ends that person’s sessions, is on record, and is not for oneself', async () => {
    const [ada, boss] = [await enrolled(), await person()]
    const ctx = await boss.signedIn()
    await resetSecondFactor(ctx, ada.id)
    expect(await entry('second-factor.reset')).toMatchObject({ targetId: ada.id, actorId: boss.id })
    expect(await people.db.session.count({ where: { userId: ada.id } })).toBe(0)
    expect((await ada.begin()).secondStep).toBeNull()
    expect(await outcome(resetSecondFactor(ctx, boss.id))).toBe('own_second_factor')
    const member = await person('member')
    expect(await outcome(resetSecondFactor(await member.signedIn(), ada.id))).toBe('role_too_low')
  })
})

/** A sign-in through a provider whose token was accepted; gives what ends it. */
async function provided(userId: string) {
  const draft = TrustDraft.parse({
    kind: 'sign-in',
    name: 'Portal',
    issuer: 'https://portal.example',
    keys: [{ kind: 'jwks-url', url: 'https://portal.example/jwks.json' }],
    options: { jwtEndpoint: 'https://portal.example/jwt' },
  })
  const trust = await people.db.trust.create({
    data: { id: randomUUID(), organizationId: people.organizationId, ...toTrustColumns(draft) },
  })
  const [browser, token] = [newSecret(), newSecret()]
  const intent = await people.db.signInIntent.create({
    data: {
      ...{
        id: randomUUID(),
        trustId: trust.id,
        purpose: 'session',
        status: 'succeeded',
        userId,
        createdAt: people.now,
      },
      ...{ browserHash: await sha256Hex(browser), tokenHash: await sha256Hex(token), successUrl: '/audit' },
      expiresAt: new Date(people.now.getTime() + 60_000),
    },
  })
  await people.db.userLink.create({
    data: { id: randomUUID(), trustId: trust.id, subject: userId, userId, createdAt: people.now },
  })
  const finish = async () => {
    const finished = await finishSignIn(anonymous(), { id: intent.id, token, browser })
    if ('reason' in finished) throw new Error(finished.reason)
    return finished
  }
  return { finish, trustId: trust.id }
}

describe('a sign-in through a provider', () => {
  test('asks for no code, where the organization requires none', async () => {
    const ada = await enrolled()
    const { path, cookies } = await (await provided(ada.id)).finish()
    expect(path).toBe('/audit')
    expect(await findSessionActor(anonymous(), headersOf(cookies))).not.toBeNull()
  })

  test('has a second step where one is required, and then goes where it was to go', async () => {
    const ada = await enrolled()
    await setOrganizationSettings(ada.ctx, { requiresSecondFactor: true })
    const { path, cookies } = await (await provided(ada.id)).finish()
    expect(path).toBe('/sign-in?step=second')
    expect(await findSessionActor(anonymous(), headersOf(cookies))).toBeNull()
    expect(await getSecondStep(anonymous(), headersOf(cookies))).toEqual({ code: true, passkey: false, next: '/audit' })
    await second(cookies, ada.code())
    const sessions = await people.db.session.findMany({ where: { userId: ada.id } })
    expect(sessions.map(({ method }) => method)).toContain('provider+code')
  })

  test('ends with the link, which an admin sees and removes', async () => {
    const [boss, ada, eve] = [await person(), await person('member'), await person('member')]
    const { trustId } = await provided(ada.id)
    const ctx = await boss.signedIn()
    const [link] = await listMemberLinks(ctx, ada.id)
    expect(link).toMatchObject({ trustId, provider: 'Portal', subject: ada.id })
    expect(await outcome(removeMemberLink(ctx, eve.id, link?.id ?? ''))).toBe('not-found')
    expect(await outcome(removeMemberLink(await eve.signedIn(), ada.id, link?.id ?? ''))).toBe('role_too_low')
    await removeMemberLink(ctx, ada.id, link?.id ?? '')
    expect(await listMemberLinks(ctx, ada.id)).toEqual([])
    expect(await entry('member.unlinked')).toMatchObject({ targetId: ada.id, actorId: boss.id })
  })
})

describe('an organization that requires a second factor', () => {
  test('cannot be required by a person without one', async () => {
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
    await confirmEnrolment(limited, codeOf(secret, people.now))
    expect((await grace.actorOf(cookies)).actor).not.toHaveProperty('lacksSecondFactor')
    // The last factor stays while it is required.
    expect(await outcome(removeSecondFactor(await grace.actorOf(cookies), { password }))).toBe('last_second_factor')
  })

  test.each(["'yes'", '7', "x'00'"])('is one whose setting cannot be read: %s', async (written) => {
    const grace = await person('member')
    const { cookies } = await grace.begin()
    await people.db.$executeRawUnsafe(`UPDATE "Organization" SET "requiresSecondFactor" = ${written}`)
    expect((await grace.actorOf(cookies)).actor).toMatchObject({ lacksSecondFactor: true })
    const ada = await enrolled()
    expect((await (await provided(ada.id)).finish()).path).toBe('/sign-in?step=second')
    await people.db.$executeRawUnsafe(`UPDATE "Organization" SET "requiresSecondFactor" = 0`)
  })

  test('ends the sessions that people who have one began without it, and no others', async () => {
    const [ada, grace, other] = [await enrolled(), await enrolled(), await person()]
    const strong = (await second((await grace.begin()).cookies, grace.code())).cookies
    const none = (await other.begin()).cookies
    await setOrganizationSettings(ada.ctx, { requiresSecondFactor: true })
    const kept = await people.db.session.findMany({ where: { userId: grace.id } })
    expect(kept.map(({ method }) => method)).toEqual(['password+code'])
    expect(await findSessionActor(anonymous(), headersOf(strong))).not.toBeNull()
    expect(await findSessionActor(anonymous(), headersOf(none))).not.toBeNull()
    expect(await people.db.session.count({ where: { userId: ada.id } })).toBe(1)
  })
})

test('a database that cannot be asked is an error, not the end of a session', async () => {
  const { cookies } = await (await person()).begin()
  const lost = Object.assign(Object.create(people.db), {
    session: { findFirst: () => Promise.reject(new Error('lost')) },
  })
  await expect(findSessionActor({ ...anonymous(), db: lost }, headersOf(cookies))).rejects.toThrow('lost')
})
