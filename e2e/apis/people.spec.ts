import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, type Client } from './client'
import { type Installation, install, issueToken, jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const session = '/api/admin/session'
const members = '/api/admin/members'

async function signedIn(person: { email: string; password: string }): Promise<Client> {
  const answer = await here.anonymous.post(session, person)
  expect(answer.status, answer.text).toBe(201)
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0])
  const headers = { cookie: cookie.join('; '), 'sec-fetch-site': 'same-origin', 'user-agent': 'A browser' }
  return here.anonymous.as(headers)
}

async function person(role: string) {
  const who = { email: `${crypto.randomUUID()}@example.com`, password: 'a password of some length' }
  const answer = await here.admin.post(members, { ...who, name: role, role })
  expect(answer.status, answer.text).toBe(201)
  return { id: answer.body.id as string, who, client: await signedIn(who) }
}

const works = async (token: string) =>
  (await here.anonymous.get('/api/v1/identities/details', { headers: bearer(token) })).status === 200

describe('sessions', () => {
  test('are listed to their person, who ends one of them', async () => {
    const { who, client } = await person('auditor')
    const other = await signedIn(who)
    const { sessions } = (await client.get(`${session}/sessions`)).body
    expect(sessions).toHaveLength(2)
    expect(sessions.filter(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toHaveLength(1)
    expect(sessions[0]).toMatchObject({ method: 'password', ip: here.ip })
    const { id } = sessions.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent)
    expect((await client.delete(`${session}/sessions/${id}`)).status).toBe(204)
    expect((await other.get('/api/admin/identities')).status).toBe(401)
    expect((await client.get('/api/admin/identities')).status).toBe(200)
    expect((await client.delete(`${session}/sessions/${id}`)).status).toBe(404)
  })

  test('of a person can be listed and ended by admins only', async () => {
    const { id, client } = await person('member')
    const { client: another } = await person('member')
    for (const call of [another.get, another.delete]) {
      expect((await call(`${members}/${id}/sessions`)).status).toBe(403)
    }
    const { sessions } = (await here.admin.get(`${members}/${id}/sessions`)).body
    expect(sessions).toHaveLength(1)
    const others = (await here.admin.get(`${members}/${(await person('member')).id}/sessions`)).body.sessions
    expect((await client.delete(`${session}/sessions/${others[0].id}`)).status).toBe(404)
    expect((await here.admin.delete(`${members}/${id}/sessions`)).status).toBe(204)
    expect((await client.get('/api/admin/identities')).status).toBe(401)
  })
})

describe('one person', () => {
  test('is read by who reads the organization, and is not there for another organization', async () => {
    const { id, who, client } = await person('member')
    const readers = [here.admin, client, (await person('auditor')).client, (await here.actor('auditor')).client]
    for (const reader of readers) {
      const { status, body } = await reader.get(`${members}/${id}`)
      expect([status, body]).toEqual([
        200,
        {
          ...{ id, name: 'member', email: who.email, role: 'member', createdAt: expect.any(String) },
          factors: { code: false, passkey: false },
        },
      ])
      expect(new Date(body.createdAt).toISOString()).toBe(body.createdAt)
    }
    expect((await here.anonymous.get(`${members}/${id}`)).status).toBe(401)
    for (const { client } of [await person('no-access'), await here.actor('no-access')]) {
      expect((await client.get(`${members}/${id}`)).status).toBe(403)
    }
    const [organizationId, userId] = [crypto.randomUUID(), crypto.randomUUID()]
    await here.db.organization.create({ data: { id: organizationId, name: 'Others', slug: organizationId } })
    await here.db.user.create({ data: { id: userId, name: 'Theirs', email: `${userId}@example.com` } })
    await here.db.membership.create({ data: { id: crypto.randomUUID(), userId, organizationId, role: 'member' } })
    const [theirs, unknown] = [
      await here.admin.get(`${members}/${userId}`),
      await here.admin.get(`${members}/${crypto.randomUUID()}`),
    ]
    expect([theirs.status, unknown.status]).toEqual([404, 404])
    expect(theirs.body.message).toBe(unknown.body.message)
    expect((await here.admin.get(`${members}/not-an-id`)).status).toBeGreaterThanOrEqual(400)
  })
})

const account = '/api/admin/account'

/** Sets up an authenticator app for a person; gives what it shows now and in later steps, and the recovery codes. */
async function enrol(client: Client) {
  const begun = await client.post(`${account}/second-factor`, {})
  expect(begun.status, begun.text).toBe(201)
  const totp = new TOTP({ secret: Secret.fromBase32(begun.body.secret) })
  const codeIn = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 })
  const confirmed = await client.put(`${account}/second-factor`, { code: codeIn(0) })
  expect(confirmed.status, confirmed.text).toBe(200)
  return { codeIn, secret: begun.body.secret, recoveryCodes: confirmed.body.recoveryCodes as string[] }
}

const cookieOf = (lines: string[]) => ({ cookie: lines.map((line) => line.split(';')[0]).join('; ') })

describe('a second factor', () => {
  test('is required after the password, in the same browser, and its secrets are not stored', async () => {
    const { who, client } = await person('member')
    const { codeIn, secret, recoveryCodes } = await enrol(client)
    for (const text of [secret, ...recoveryCodes]) expect(await here.holds(text)).toBe(false)
    const first = await here.anonymous.post(session, who)
    expect([first.status, first.body]).toEqual([202, { secondStep: { code: true, passkey: false } }])
    const headers = cookieOf(first.headers.getSetCookie())
    expect((await here.anonymous.get('/api/admin/identities', { headers })).status).toBe(401)
    const step = `${session}/second-step`
    expect((await here.anonymous.post(step, { code: codeIn(0) })).body.reason).toBe('second_step_over')
    const wrong = await here.anonymous.post(step, { code: '000000' }, { headers })
    expect([wrong.status, wrong.body.reason]).toEqual([401, 'wrong_code'])
    // The code that ended the setup is spent; that of the next step is accepted early.
    const done = await here.anonymous.post(step, { code: codeIn(1) }, { headers })
    expect(done.status, done.text).toBe(201)
    const inside = here.anonymous.as(cookieOf(done.headers.getSetCookie()))
    expect((await inside.get('/api/admin/identities')).status).toBe(200)
    expect((await here.anonymous.post(step, { code: codeIn(2) }, { headers })).body.reason).toBe('second_step_over')
  })

  test('is reset by an admin when lost, and is shown among the members', async () => {
    const { id, who, client } = await person('member')
    await enrol(client)
    const factorsOf = async () =>
      (await here.admin.get(members)).body.members.find((one: { id: string }) => one.id === id).factors
    expect(await factorsOf()).toEqual({ code: true, passkey: false })
    expect((await client.delete(`${members}/${id}/second-factor`)).status).toBe(403)
    expect((await here.admin.delete(`${members}/${id}/second-factor`)).status).toBe(204)
    expect((await client.get(account)).status).toBe(401)
    await signedIn(who)
    expect(await factorsOf()).toEqual({ code: false, passkey: false })
  })

  test('that is required is set up before anything else, whatever API is asked', async () => {
    const { client } = await person('member')
    const setting = (requiresSecondFactor: boolean) =>
      here.admin.patch('/api/admin/organization', { requiresSecondFactor })
    expect((await setting(true)).body.requiresSecondFactor).toBe(true)
    try {
      expect((await client.get(session)).body.session.mustSetUpSecondFactor).toBe(true)
      for (const path of ['/api/admin/identities', '/api/v1/identities', '/auth/v1/issuers', '/api/admin/members']) {
        const refused = await client.get(path)
        expect([path, refused.status, refused.headers.get('x-keybound-reason')]).toEqual([
          path,
          403,
          'second_factor_required',
        ])
      }
      await enrol(client)
      expect((await client.get('/api/admin/identities')).status).toBe(200)
      // Machines have no second factor.
      expect((await here.admin.get('/api/admin/identities')).status).toBe(200)
    } finally {
      expect((await setting(false)).status).toBe(200)
    }
  })
})

describe('a passkey', () => {
  test('needs a host name, and its challenge is tied to the browser', async () => {
    const { client } = await person('member')
    const refused = await client.post(`${account}/passkeys/options`, {})
    expect([refused.status, refused.body.reason]).toEqual([400, 'passkeys_unavailable'])
    expect((await here.anonymous.post(`${session}/passkey/options`)).status).toBe(400)
    expect((await here.anonymous.get('/api/admin/sign-in-providers')).body.passkeys).toBe(false)
  })
})

describe('a link for a new password', () => {
  const set = (token: string, newPassword: string) =>
    here.anonymous.post('/api/admin/password-reset', { token, newPassword })

  test('works once, ends every session, and is not stored', async () => {
    const { id, who, client } = await person('member')
    const made = await here.admin.post(`${members}/${id}/password-reset`)
    expect(made.status, made.text).toBe(201)
    const token = made.body.path.replace('/reset-password#', '')
    expect(await here.holds(token)).toBe(false)
    expect((await set(token, 'short')).status).toBe(422)
    expect((await set(token, 'an entirely new password')).status).toBe(204)
    expect((await client.get('/api/admin/identities')).status).toBe(401)
    expect((await here.anonymous.post(session, who)).status).toBe(401)
    await signedIn({ ...who, password: 'an entirely new password' })
    const again = await set(token, 'yet another password')
    expect([again.status, again.body.reason]).toEqual([400, 'reset_link_dead'])
  })

  test('stops working when another is made, and after a day', async () => {
    const { id } = await person('member')
    const link = async () => (await here.admin.post(`${members}/${id}/password-reset`)).body.path.split('#')[1]
    const [first, second] = [await link(), await link()]
    expect((await set(first, 'a password of some length')).status).toBe(400)
    await here.db.passwordReset.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } })
    expect((await set(second, 'a password of some length')).status).toBe(400)
  })

  test('is made by admins only, and only one of two concurrent uses succeeds', async () => {
    const { id, client } = await person('member')
    expect((await client.post(`${members}/${id}/password-reset`)).status).toBe(403)
    const token = (await here.admin.post(`${members}/${id}/password-reset`)).body.path.split('#')[1]
    const answers = await Promise.all(['one', 'other'].map((word) => set(token, `the password of the ${word}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400])
  })
})

describe('a person who leaves', () => {
  /** What a member can have kept: a token they had issued, and one that their trust bought. */
  async function leftBehind() {
    const { id, client } = await person('member')
    const issuer = createIssuer()
    const identityId: string = (await client.post('/api/admin/identities', { name: 'theirs', role: 'member' })).body.id
    await client.post(jwtAuthPath(identityId), { publicKeys: [issuer.pem] })
    const bought: string = (await login(here.anonymous, identityId, issuer.token())).body.accessToken
    const other = await here.identity({ role: 'member' })
    const issued = await issueToken(client, other)
    // By an identity they control, so as well theirs.
    const second = await issueToken(here.anonymous.as(bearer(bought)), await here.identity({ role: 'member' }))
    return {
      id,
      client,
      identityId,
      tokens: [bought, issued, second],
      logIn: () => login(here.anonymous, identityId, issuer.token()),
    }
  }

  test('loses sessions and tokens immediately', async () => {
    const { id, client, tokens } = await leftBehind()
    const uninvolved = await here.actor('member')
    expect(await Promise.all(tokens.map(works))).toEqual([true, true, true])
    expect((await here.admin.delete(`${members}/${id}`)).status).toBe(204)
    expect(await Promise.all(tokens.map(works))).toEqual([false, false, false])
    expect((await client.get('/api/admin/identities')).status).toBe(401)
    expect(await works(uninvolved.token)).toBe(true)
  })

  test('is shown with what they control, and what an admin chooses is removed', async () => {
    const { id, identityId, tokens, logIn } = await leftBehind()
    const { body } = await here.admin.get(`${members}/${id}/holdings`)
    expect(body).toMatchObject({ tokensIssued: 2, sessions: 1, trusts: [{ identityId, method: 'jwt' }] })
    expect(body.identities.map((one: { id: string }) => one.id)).toContain(identityId)
    expect(body.identities).toHaveLength(3)
    const choice = { issuedTokens: false, heldTokens: false, trusts: true }
    const removed = await here.admin.post(`${members}/${id}/removal`, choice)
    expect(removed.body).toEqual({ tokensEnded: 0, trustsDisabled: 1, linksCut: 0 })
    expect((await logIn()).status).toBe(404)
    // Its trust is off, and with it what was bought through it.
    expect(await Promise.all(tokens.map(works))).toEqual([false, true, true])
  })

  test('is not removed where they are the last admin, and then nothing is taken from them', async () => {
    const admins = await here.db.membership.findMany({ where: { role: 'admin' } })
    expect(admins).toHaveLength(1)
    const tokens = await here.db.accessToken.count({ where: { revokedAt: null } })
    expect((await here.admin.delete(`${members}/${admins[0]!.userId}`)).status).toBe(400)
    expect(await here.db.accessToken.count({ where: { revokedAt: null } })).toBe(tokens)
  })
})
