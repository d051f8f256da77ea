import { afterAll, beforeAll, expect, test } from 'vitest'
import { openOnPurpose } from '../fixtures/open-on-purpose'
import { type Answer, bearer } from './client'
import { credentials, type Installation, install, jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = createIssuer()

/** The actor of an entry where it is not the admin's token: a person is known once signed in, and not before. */
const actorOf: Record<string, [string, string | null]> = {
  'session.started': ['user', 'Bob'],
  'session.refused': ['anonymous', null],
}

/** The actions recorded under a request, oldest first. */
const recordedUnder = async (answer: Answer) => {
  const requestId = answer.headers.get('x-request-id')
  const rows = await here.db.auditEntry.findMany({ where: { requestId }, orderBy: { at: 'asc' } })
  return rows.map(({ action }) => action)
}

test('the set-up is the first thing on record, with the token it hands out', async () => {
  const rows = await here.db.auditEntry.findMany({ orderBy: { at: 'asc' } })
  expect(rows.map(({ action }) => action).sort()).toEqual([
    'access-token.issued',
    'identity.created',
    'organization.created',
    'token-auth.attached',
  ])
  expect(new Set(rows.map(({ requestId }) => requestId)).size).toBe(1)
})

test('every change leaves exactly its entry, with who, what and from where', async () => {
  const admin = here.admin
  const api = '/api/v1/identities'
  const created = await admin.post(api, { name: 'subject' })
  const id: string = created.body.identity.id
  const tokens = `/api/v1/auth/token-auth/identities/${id}`
  const acts: [string[], () => Promise<Answer>][] = [
    [['identity.created'], async () => created],
    [['identity.updated'], () => admin.patch(`${api}/${id}`, { name: 'renamed' })],
    [['trust.created'], () => admin.post(jwtAuthPath(id), { publicKeys: [issuer.pem] })],
    [['trust.updated'], () => admin.patch(jwtAuthPath(id), { boundAudiences: 'keybound' })],
    [['token-auth.attached'], () => admin.post(tokens, {})],
    [['access-token.issued'], () => admin.post(`${tokens}/tokens`, { name: 'one' })],
    [['token-auth.removed'], () => admin.delete(tokens)],
    [['trust.deleted'], () => admin.delete(jwtAuthPath(id))],
    [
      ['trust.created'],
      () => {
        const keys = [{ kind: 'static-pem', pem: issuer.pem }]
        return admin.post(`/api/admin/identities/${id}/trusts/jwt`, { keys, ...openOnPurpose })
      },
    ],
    [['trust.deleted'], () => admin.delete(`/api/admin/identities/${id}/trusts/jwt`)],
    [['identity.deleted'], () => admin.delete(`${api}/${id}`)],
    [['identity.created'], () => admin.post('/api/admin/identities', { name: 'ours' })],
    [
      ['member.added'],
      () => admin.post('/api/admin/members', { ...credentials, email: 'bob@example.com', name: 'Bob', role: 'member' }),
    ],
    [
      ['session.started'],
      () => here.anonymous.post('/api/admin/session', { ...credentials, email: 'bob@example.com' }),
    ],
    [
      ['session.refused'],
      () => here.anonymous.post('/api/admin/session', { email: 'bob@example.com', password: 'wrong' }),
    ],
  ]
  for (const [actions, act] of acts) {
    const answer = await act()
    expect(await recordedUnder(answer), actions.join()).toEqual(actions)
    const entry = await here.db.auditEntry.findFirstOrThrow({
      where: { requestId: answer.headers.get('x-request-id') },
    })
    expect(entry).toMatchObject({ ip: here.ip, organizationId: here.organizationId })
    const [kind, name] = actorOf[actions[0] ?? ''] ?? ['identity', 'Instance Admin Identity']
    expect([entry.actorKind, entry.actorName], actions.join()).toEqual([kind, name])
  }
})

test('acts of a person are on record under their name, to the end of the session', async () => {
  const started = await here.anonymous.post('/api/admin/session', credentials)
  const cookie = started.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const person = here.anonymous.as({ cookie, 'sec-fetch-site': 'same-origin' })
  const added = await person.post('/api/admin/members', {
    email: 'eve@example.com',
    name: 'Eve',
    password: 'a long password',
    role: 'auditor',
  })
  const acts = [
    ['member.added', added],
    ['member.role-changed', await person.patch(`/api/admin/members/${added.body.id}`, { role: 'member' })],
    ['member.removed', await person.delete(`/api/admin/members/${added.body.id}`)],
    [
      'member.password-changed',
      await person.put('/api/admin/session/password', {
        currentPassword: credentials.password,
        newPassword: 'a newer long password',
      }),
    ],
    ['session.ended', await person.delete('/api/admin/session')],
  ] as const
  for (const [action, answer] of acts) {
    expect(answer.status, answer.text).toBeLessThan(300)
    expect(await recordedUnder(answer)).toEqual([action])
    const entry = await here.db.auditEntry.findFirstOrThrow({
      where: { requestId: answer.headers.get('x-request-id') },
    })
    expect(entry).toMatchObject({ actorKind: 'user', actorName: credentials.email })
  }
  for (const secret of ['a newer long password', 'a long password']) expect(await here.holds(secret)).toBe(false)
})

test('acts of a bearer on its own access token are on record', async () => {
  const id = await here.identity()
  await here.admin.post(jwtAuthPath(id), { publicKeys: [issuer.pem] })
  const { accessToken } = (await login(here.anonymous, id, issuer.token())).body
  expect(await recordedUnder(await here.anonymous.post('/api/v1/auth/token/renew', { accessToken }))).toEqual([
    'access-token.renewed',
  ])
  expect(await recordedUnder(await here.anonymous.post('/api/v1/auth/token/revoke', { accessToken }))).toEqual([
    'access-token.revoked',
  ])
  expect(await here.holds(accessToken)).toBe(false)
})

test('an entry shows what was before and after', async () => {
  const id = await here.identity({ name: 'old name' })
  const answer = await here.admin.patch(`/api/v1/identities/${id}`, { name: 'new name' })
  const listed = await here.admin.get(`/api/admin/audit?search=${answer.headers.get('x-request-id')}`)
  expect(listed.body.entries).toHaveLength(1)
  const entry = await here.admin.get(`/api/admin/audit/${listed.body.entries[0].id}`)
  expect(entry.body).toMatchObject({
    action: 'identity.updated',
    before: { name: 'old name' },
    after: { name: 'new name' },
  })
})

test('reading, and what is refused, changes nothing and records no change', async () => {
  const id = await here.identity({ hasDeleteProtection: true })
  const auditor = await here.actor('auditor')
  // The first use of a token is written down; from then on reading writes nothing.
  await auditor.client.get('/api/v1/identities')
  const before = await here.rows()
  await here.admin.get(`/api/v1/identities/${id}`)
  await here.admin.delete(`/api/v1/identities/${id}`)
  await here.admin.post('/api/v1/identities', { name: '' })
  await here.admin.post(jwtAuthPath(id), { publicKeys: ['x'] })
  await auditor.client.get('/api/admin/audit')
  await here.anonymous.get('/api/v1/identities')
  expect(await here.rows()).toEqual(before)
})

test('the list pages from newest to oldest without losing or repeating an entry', async () => {
  const all: string[] = []
  // What belongs to no organization is a list of its own.
  for (const owner of ['organization', 'none']) {
    let cursor: string | null = ''
    for (let page = 0; cursor !== null && page < 100; page++) {
      const answer = await here.admin.get(
        `/api/admin/audit?owner=${owner}&limit=7${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      )
      expect(answer.status, answer.text).toBe(200)
      all.push(...answer.body.entries.map((entry: { id: string }) => entry.id))
      cursor = answer.body.next
    }
  }
  expect(new Set(all).size).toBe(all.length)
  expect(all.length).toBe(await here.db.auditEntry.count())
  const filtered = await here.admin.get('/api/admin/audit?action=trust&limit=200')
  expect(filtered.body.entries.every((entry: { action: string }) => entry.action.startsWith('trust.'))).toBe(true)
  expect(filtered.body.entries.length).toBeGreaterThan(0)
})

test('other organizations’ entries and decisions are not shown', async () => {
  const stranger = await here.stranger()
  const { organizationId } = await here.db.identity.findUniqueOrThrow({ where: { id: stranger } })
  const entry = { id: crypto.randomUUID(), at: new Date(), organizationId, actorKind: 'system', action: 'secret.act' }
  await here.db.auditEntry.create({ data: entry })
  const refused = await login(here.anonymous, stranger, issuer.token())
  expect((await here.admin.get(`/api/admin/audit/${entry.id}`)).status).toBe(404)
  expect((await here.admin.get(`/api/admin/decisions/${refused.body.reqId}`)).status).toBe(404)
  expect((await here.admin.get('/api/admin/audit?action=secret.act')).body.entries).toEqual([])
  const client = here.anonymous.as(bearer('x'))
  expect((await client.get('/api/admin/audit')).status).toBe(401)
})

test('an actor who is refused leaves an entry that names the refused act', async () => {
  const { client: auditor } = await here.actor('auditor')
  const answer = await auditor.post('/api/v1/identities', { name: 'not theirs to make' })
  expect(answer.status).toBe(403)
  expect(await recordedUnder(answer)).toEqual(['access.refused'])
})
