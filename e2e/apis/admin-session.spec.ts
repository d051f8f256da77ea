import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Client } from './client'
import { credentials, type Installation, install } from './installation'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const path = '/api/admin/session'

const cookieOf = (answer: Answer) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

/** Signs in as a browser would: the cookie, and where requests come from. */
async function signedIn(
  person: { email: string; password: string } = credentials,
): Promise<{ cookie: string; client: Client }> {
  const answer = await here.anonymous.post(path, person)
  expect(answer.status, answer.text).toBe(201)
  const cookie = cookieOf(answer)
  return { cookie, client: here.anonymous.as({ cookie, 'sec-fetch-site': 'same-origin' }) }
}

let people = 0
async function member(role: string) {
  const person = { email: `person${people++}@example.com`, password: 'a password of some length' }
  const { client } = await signedIn()
  const answer = await client.post('/api/admin/members', { ...person, name: 'Person', role })
  expect(answer.status, answer.text).toBe(201)
  return { id: answer.body.id as string, ...(await signedIn(person)), person, admin: client }
}

describe('signing in', () => {
  test('sets cookies that scripts cannot read and other sites cannot send', async () => {
    const answer = await here.anonymous.post(path, credentials)
    expect(answer.status).toBe(201)
    const lines = answer.headers.getSetCookie()
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      const flags = line.split('; ').map((flag) => flag.toLowerCase())
      const sameSite = line.startsWith('keybound.device=') ? 'samesite=strict' : 'samesite=lax'
      expect(flags).toEqual(expect.arrayContaining(['httponly', sameSite, 'path=/']))
      expect(flags.some((flag) => flag.startsWith('domain='))).toBe(false)
    }
    expect(answer.text).toBe('{}')
  })

  test('the session answers its person, and null without one', async () => {
    const { client } = await signedIn()
    expect((await client.get(path)).body).toEqual({
      session: {
        user: { id: expect.any(String), name: credentials.email, email: credentials.email },
        role: 'admin',
        mustSetUpSecondFactor: false,
        organization: { id: here.organizationId, name: 'Acme', slug: 'acme' },
      },
    })
    expect((await here.anonymous.get(path)).body).toEqual({ session: null })
    expect((await here.anonymous.as({ cookie: 'keybound.session_token=made.up' }).get(path)).body).toEqual({
      session: null,
    })
  })

  test('the address is compared whatever its case', async () => {
    expect((await here.anonymous.post(path, { ...credentials, email: 'Ada@Example.COM' })).status).toBe(201)
  })

  test('a wrong password and an unknown address get the same answer, and no session', async () => {
    const before = await here.rows()
    const wrong = await here.anonymous.post(path, { ...credentials, password: 'not the password' })
    const unknown = await here.anonymous.post(path, { email: 'unknown@example.com', password: 'not the password' })
    for (const answer of [wrong, unknown]) {
      expect(answer.status).toBe(401)
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect({ ...wrong.body, reqId: '' }).toEqual({ ...unknown.body, reqId: '' })
    const after = await here.rows()
    expect(after.session).toBe(before.session)
    // Both attempts are on record.
    expect(after.auditEntry).toBe(before.auditEntry! + 2)
    expect(
      await here.db.auditEntry.count({ where: { action: 'session.refused', requestId: unknown.body.reqId } }),
    ).toBe(1)
    expect(await here.holds('not the password')).toBe(false)
    expect(here.keybound.logs()).not.toContain('not the password')
  })

  test('after many attempts an address must wait, even with the right password', async () => {
    const person = { email: 'target@example.com', password: 'x' }
    const statuses: number[] = []
    for (let attempt = 0; attempt < 50 && statuses.at(-1) !== 429; attempt++) {
      statuses.push((await here.anonymous.post(path, person)).status)
    }
    expect(statuses.at(-1)).toBe(429)
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    const again = await here.anonymous.post(path, person)
    expect(again.status).toBe(429)
    expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('a malformed sign-in is 422 with every wrong field', async () => {
    const answer = await here.anonymous.post(path, { email: 'ada', password: '', remember: true })
    expect(answer.status).toBe(422)
    expect(answer.body.fields.map((field: { path: string[] }) => field.path.join('.')).sort()).toEqual([
      'email',
      'password',
      'remember',
    ])
  })

  test('another site cannot sign a browser in', async () => {
    const answer = await here.anonymous.post(path, credentials, { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('the library’s own routes are not there', async () => {
    for (const route of ['sign-in/email', 'sign-up/email', 'get-session', 'ok', 'list-sessions', 'update-user']) {
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? credentials : undefined
        expect((await here.anonymous.call(method, `/api/auth/${route}`, body)).status, route).toBe(404)
      }
    }
  })
})

describe('an act authenticated by a cookie', () => {
  const make = { name: 'made by cookie' }

  test.each<[string, Record<string, string>]>([
    ['says that it comes from another site', { 'sec-fetch-site': 'cross-site' }],
    ['says that it comes from a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['has another origin', { origin: 'https://evil.example' }],
    ['has no origin at all', {}],
    ['has the origin null', { origin: 'null' }],
  ])('is refused when it %s, and nothing is written', async (_, headers) => {
    const { cookie } = await signedIn()
    const before = await here.rows()
    const answer = await here.anonymous.as({ cookie, ...headers }).post('/api/admin/identities', make)
    expect(answer.status).toBe(403)
    expect(answer.body.reason).toBe('cross_site')
    expect(await here.rows()).toEqual(before)
  })

  test('is done when it comes from our own pages; reading needs no origin', async () => {
    const { cookie, client } = await signedIn()
    expect((await client.post('/api/admin/identities', make)).status).toBe(201)
    const origin = here.keybound.baseUrl
    expect((await here.anonymous.as({ cookie, origin }).post('/api/admin/identities', make)).status).toBe(201)
    expect((await here.anonymous.as({ cookie }).get('/api/admin/identities')).status).toBe(200)
  })

  test('opens Infisical’s management routes too', async () => {
    const { client } = await signedIn()
    const body = { name: 'made by cookie', organizationId: here.organizationId }
    expect((await client.post('/api/v1/identities', body)).status).toBe(200)
    expect((await client.get('/api/v1/identities/details')).status).toBe(403)
  })
})

describe('what ends a session', () => {
  test('signing out', async () => {
    const { client } = await signedIn()
    const answer = await client.delete(path)
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie().join()).toMatch(/max-age=0|expires=Thu, 01 Jan 1970/i)
    expect((await client.get('/api/admin/identities')).status).toBe(401)
    expect((await client.get(path)).body).toEqual({ session: null })
  })

  test('being removed', async () => {
    const { client, id, admin, person } = await member('member')
    expect((await client.get('/api/admin/identities')).status).toBe(200)
    expect((await admin.delete(`/api/admin/members/${id}`)).status).toBe(204)
    expect((await client.get('/api/admin/identities')).status).toBe(401)
    expect((await here.anonymous.post(path, person)).status).toBe(401)
  })

  test('a new password ends the other sessions and keeps this one', async () => {
    const { client, person } = await member('member')
    const other = await signedIn(person)
    const change = (currentPassword: string) =>
      client.put(`${path}/password`, { currentPassword, newPassword: 'another long password' })
    const wrong = await change('not mine')
    expect(wrong.status).toBe(422)
    expect(wrong.body.fields[0].path).toEqual(['currentPassword'])
    expect((await change(person.password)).status).toBe(204)
    expect((await other.client.get('/api/admin/identities')).status).toBe(401)
    expect((await client.get('/api/admin/identities')).status).toBe(200)
    expect((await here.anonymous.post(path, person)).status).toBe(401)
    expect((await here.anonymous.post(path, { ...person, password: 'another long password' })).status).toBe(201)
  })
})

describe('people', () => {
  test('a change of role takes effect immediately', async () => {
    const { client, id, admin } = await member('member')
    expect((await client.post('/api/admin/identities', { name: 'x' })).status).toBe(201)
    expect((await admin.patch(`/api/admin/members/${id}`, { role: 'auditor' })).status).toBe(200)
    expect((await client.post('/api/admin/identities', { name: 'x' })).status).toBe(403)
    expect((await client.get('/api/admin/identities')).status).toBe(200)
    await admin.patch(`/api/admin/members/${id}`, { role: 'no-access' })
    expect((await client.get('/api/admin/identities')).status).toBe(403)
  })

  test('only admins manage people', async () => {
    for (const role of ['member', 'auditor', 'no-access']) {
      const { client, id } = await member(role)
      const before = await here.rows()
      const person = { email: 'new@example.com', name: 'New', password: 'a password of some length', role: 'admin' }
      expect((await client.post('/api/admin/members', person)).status, role).toBe(403)
      expect((await client.patch(`/api/admin/members/${id}`, { role: 'admin' })).status, role).toBe(403)
      expect((await client.delete(`/api/admin/members/${id}`)).status, role).toBe(403)
      expect(await here.rows()).toEqual(before)
    }
  })

  test('the last admin can neither leave nor step down', async () => {
    const { client } = await signedIn()
    const admins = (await client.get('/api/admin/members')).body.members.filter(
      (one: { role: string }) => one.role === 'admin',
    )
    expect(admins).toHaveLength(1)
    expect((await client.patch(`/api/admin/members/${admins[0].id}`, { role: 'member' })).status).toBe(400)
    expect((await client.delete(`/api/admin/members/${admins[0].id}`)).status).toBe(400)
    expect((await client.get(path)).body.session.role).toBe('admin')
  })

  test('bad input is reported field by field, and no person is added', async () => {
    const { client } = await signedIn()
    const before = await here.rows()
    const answer = await client.post('/api/admin/members', { email: 'x', name: '', password: 'short', role: 'king' })
    expect(answer.status).toBe(422)
    expect(answer.body.fields.map((field: { path: string[] }) => field.path.join('.')).sort()).toEqual([
      'email',
      'name',
      'password',
      'role',
    ])
    const taken = await client.post('/api/admin/members', { ...credentials, name: 'Ada', role: 'member' })
    expect(taken.status).toBe(422)
    expect(taken.body.fields[0].path).toEqual(['email'])
    expect(await here.rows()).toEqual(before)
  })
})

describe('reading', () => {
  test.each(['audit/x', 'audit/%00', 'decisions/%00', 'trusts/%00', 'identities/%00', 'members/x'])(
    '/api/admin/%s is 404',
    async (place) => {
      const method = place.startsWith('members') ? 'DELETE' : 'GET'
      expect((await here.admin.call(method, `/api/admin/${place}`)).status).toBe(404)
    },
  )

  test.each([
    'audit?search=%00',
    'decisions?search=%00',
    'identities?search=%00',
    'trusts?issuer=%00',
    'audit?cursor=%00',
    'audit?from=yesterday',
    'audit?limit=0',
    'decisions?nonsense=1',
    'tokens?identityId=x',
  ])('/api/admin/%s is 422', async (place) => {
    expect((await here.admin.get(`/api/admin/${place}`)).status).toBe(422)
  })

  test('a cursor that this server did not make ends the list', async () => {
    const answer = await here.admin.get('/api/admin/audit?cursor=garbage')
    expect(answer.body).toEqual({ entries: [], next: null, lookedBackTo: null, behindSeconds: null })
  })
})
