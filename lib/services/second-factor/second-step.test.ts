import { describe, expect, test, vi } from 'vitest'
import { headersOf, outcome, password, usePeople } from '@/e2e/fixtures/people'
import { changePassword } from '../people/own-password'
import { findSessionActor } from '../people/session'
import { signIn } from '../people/sign-in'
import { renewRecoveryCodes } from './change'
import { getSecondStep } from './second-step'

// Hashing takes long on purpose, and is tested by itself.
vi.mock('@/lib/passwords/hash-password', () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  verifyPassword: async ({ hash, password }: { hash: string; password: string }) => hash === `hash of ${password}`,
}))

const people = usePeople()
const { pass, anonymous, enrolled, second, actions } = people

describe('the second step of a sign-in', () => {
  test('follows the password, and only then there is a session', async () => {
    const ada = await enrolled()
    const first = await ada.begin()
    expect(first.secondStep).toEqual({ code: true, passkey: false })
    expect(first.cookies).toHaveLength(1)
    expect(first.cookies[0]).toMatch(/^keybound\.second-step=.*; Max-Age=300; HttpOnly; SameSite=Strict$/)
    expect(await findSessionActor(anonymous(), headersOf(first.cookies))).toBeNull()
    const renamed = first.cookies.map((line) => line.replace('second-step', 'session_token'))
    expect(await findSessionActor(anonymous(), headersOf(renamed))).toBeNull()
    const done = await second(first.cookies, ada.code())
    expect((await ada.actorOf(done.cookies)).actor).toMatchObject({ kind: 'user', id: ada.id })
    expect((await people.db.session.findMany({ where: { userId: ada.id } })).map(({ method }) => method)).toContain(
      'password+code',
    )
    expect(await actions()).toEqual(expect.arrayContaining(['session.challenged', 'session.started']))
  })

  test('is not begun by a wrong password, and a wrong code starts no session and is on record', async () => {
    const ada = await enrolled()
    expect(await outcome(signIn(anonymous(), { email: ada.email, password: 'wrong' }, new Headers()))).toBe(
      'wrong_credentials',
    )
    const sessions = await people.db.session.count()
    expect(await outcome(second((await ada.begin()).cookies, '000000'))).toBe('wrong_code')
    expect(await people.db.session.count()).toBe(sessions)
    const refused = { action: 'session.refused', targetId: ada.id, after: { contains: 'wrong code' } }
    expect(await people.db.auditEntry.count({ where: refused })).toBe(1)
  })

  test('counts once: the cookie is worth nothing after it, even with the next code', async () => {
    const ada = await enrolled()
    const { cookies } = await ada.begin()
    await second(cookies, ada.code())
    pass(30)
    expect(await outcome(second(cookies, ada.code()))).toBe('second_step_over')
    expect(await getSecondStep(anonymous(), headersOf(cookies))).toBeNull()
  })

  test('lasts five minutes, and not beyond a new password', async () => {
    const ada = await enrolled()
    const { cookies } = await ada.begin()
    pass(299)
    expect(await getSecondStep(anonymous(), headersOf(cookies))).toMatchObject({ code: true, next: '/' })
    pass(2)
    expect(await outcome(second(cookies, ada.code()))).toBe('second_step_over')
    const again = await ada.begin()
    await people.db.account.updateMany({ where: { userId: ada.id }, data: { password: 'hash of another' } })
    expect(await outcome(second(again.cookies, ada.code()))).toBe('second_step_over')
  })

  test('is over when the role of the person is another', async () => {
    const ada = await enrolled()
    const { cookies } = await ada.begin()
    await people.db.membership.updateMany({ where: { userId: ada.id }, data: { role: 'member' } })
    expect(await outcome(second(cookies, ada.code()))).toBe('second_step_over')
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
    const earlier = ada.code(new Date(people.now.getTime() - 30_000))
    const code = ada.code()
    const both = await Promise.all([one, other].map(({ cookies }) => outcome(second(cookies, code))))
    expect(both.filter((one) => one === 'done')).toHaveLength(1)
    for (const spent of [code, earlier]) {
      expect(await outcome(second((await ada.begin()).cookies, spent))).toBe('wrong_code')
    }
  })

  test('that completed the enrolment is not accepted for a sign-in', async () => {
    const ada = await enrolled()
    const spent = ada.code(new Date(people.now.getTime() - 30_000))
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

  test('cannot be guessed with patience: each ten in a row are followed by a wait twice as long, until the password is another', async () => {
    const ada = await enrolled()
    const guess = async (times: number) => {
      const { cookies } = await ada.begin()
      for (let time = 0; time < times; time++) expect(await outcome(second(cookies, '000000'))).toBe('wrong_code')
    }
    const judged = async () => outcome(second((await ada.begin()).cookies, '000000'))
    for (const waitSeconds of [300, 600, 1200]) {
      await guess(5)
      // What is left of ten is not forgotten by waiting.
      pass(301)
      await guess(5)
      pass(waitSeconds - 1)
      expect(await judged()).toBe('too-many')
      pass(1)
    }
    await people.db.secondFactor.update({
      where: { userId: ada.id },
      data: { failures: 1_000, failingSince: people.now },
    })
    pass(86_399)
    expect(await judged()).toBe('too-many')
    const ctx = { ...ada.ctx, now: () => people.now }
    await people.db.session.updateMany({ data: { expiresAt: new Date(people.now.getTime() + 1000) } })
    await changePassword(ctx, { currentPassword: password, newPassword: password.toUpperCase() })
    const { cookies } = await signIn(anonymous(), { email: ada.email, password: password.toUpperCase() }, new Headers())
    expect(await outcome(second(cookies, ada.code()))).toBe('done')
  })

  test('after a clock that ran ahead was set back is judged', async () => {
    const ada = await enrolled()
    await people.db.secondFactor.update({
      where: { userId: ada.id },
      data: { failures: 10, failingSince: new Date(people.now.getTime() + 86_400_000) },
    })
    expect(await outcome(second((await ada.begin()).cookies, ada.code()))).toBe('done')
  })
})

/** What only a hand can have written into a row of SQLite. */
describe('a second factor that cannot be read', () => {
  const broken = async (column: string) => {
    const ada = await enrolled()
    const data = { failures: 10, failingSince: people.now }
    if (column !== 'lastStep') await people.db.secondFactor.update({ where: { userId: ada.id }, data })
    await people.db.$executeRawUnsafe(`UPDATE "SecondFactor" SET "${column}" = 'x' WHERE "userId" = ?`, ada.id)
    return ada
  }

  test('of whose last code nothing is known accepts a recovery code and no other', async () => {
    const ada = await broken('lastStep')
    expect(await outcome(second((await ada.begin()).cookies, ada.code()))).toBe('wrong_code')
    expect(await outcome(second((await ada.begin()).cookies, ada.recoveryCodes[0] ?? ''))).toBe('done')
  })

  test.each(['failures', 'failingSince'])(
    'of whose wrong codes nothing is known (%s) goes on waiting',
    async (column) => {
      const ada = await broken(column)
      pass(3_600)
      expect(await outcome(second((await ada.begin()).cookies, ada.code()))).toBe('too-many')
      await people.db.secondFactor.updateMany({ data: { failures: 0, failingSince: null } })
    },
  )

  test('is asked for, where it is not known since when it counts', async () => {
    const ada = await broken('confirmedAt')
    expect((await ada.begin()).secondStep).toMatchObject({ code: true })
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

  test('counts also where the secret of the app cannot be opened, and then a code of the app is no wrong code', async () => {
    const ada = await enrolled()
    await people.db.secondFactor.updateMany({
      where: { userId: ada.id },
      data: { secret: 'sealed with another secret' },
    })
    const { cookies } = await ada.begin()
    await expect(second(cookies, ada.code())).rejects.toMatchObject({ kind: 'unavailable' })
    expect(await outcome(second(cookies, ada.recoveryCodes[0] ?? ''))).toBe('done')
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
      await people.db.secondFactor.findMany(),
      await people.db.recoveryCode.findMany(),
      await people.db.auditEntry.findMany(),
    ])
    for (const secret of [ada.secret, ...ada.recoveryCodes]) {
      expect(stored).not.toContain(secret)
      expect(stored).not.toContain(secret.replaceAll('-', ''))
    }
  })
})
