import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, bearer } from './client'
import { eventually } from './eventually'
import { attached, type Installation, install, issueToken, jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = createIssuer()
const canary = { isCanary: true, canaryPlace: 'settings.json of acme/old-shop' }

type Found = {
  id: string
  count: number
  severity: string
  about: string
  identityName: string
  lastDecisionId: string
}
const alarms = (identityId: string, isThere: (found: Found[]) => boolean): Promise<Found[]> =>
  eventually(
    async () =>
      (await here.admin.get(`/api/admin/incidents?identityId=${identityId}&reason=canary_used`)).body.incidents,
    isThere,
  )

/** What a caller can see of an answer. */
const seen = ({ status, body, headers }: Answer) => ({
  status,
  body: { ...body, reqId: null, requestId: null },
  headers: [...headers]
    .filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name))
    .map(([name, value]) => `${name}: ${value}`),
})

// Side by side: most of them wait for what is done beside the answers.

test.concurrent('logins as a canary are refused like any other, even with a valid token, and are one critical incident', async () => {
  const config = { publicKeys: [issuer.pem], boundAudiences: 'https://keybound.example' }
  const identityId = await attached(here, config)
  const valid = issuer.token({ aud: 'https://keybound.example', sub: 'repo:acme/old-shop' })
  expect((await login(here.anonymous, identityId, valid)).status).toBe(200)
  const marked = await here.admin.patch(`/api/admin/identities/${identityId}`, canary)
  expect(marked.body, marked.text).toMatchObject(canary)

  const other = await attached(here, { ...config, boundSubject: 'repo:acme/another' })
  const wrong = [
    issuer.token({ aud: 'https://other.example', sub: 'repo:acme/old-shop' }),
    createIssuer().token({ aud: 'https://keybound.example', sub: 'repo:acme/old-shop' }),
    'no token',
  ]
  for (const token of [valid, ...wrong]) {
    const [refused, usual] = [await login(here.anonymous, identityId, token), await login(here.anonymous, other, token)]
    expect(refused.status).not.toBe(200)
    expect(seen(refused)).toEqual(seen(usual))
  }
  const [incident, ...others] = await alarms(identityId, ([one]) => one?.count === 4)
  expect(others).toEqual([])
  expect(incident).toMatchObject({ severity: 'critical', count: 4, method: 'jwt', state: 'open' })
  expect(incident?.about).toContain('settings.json of acme/old-shop')
  const first = await here.admin.get(`/api/admin/incidents/${incident?.id}/refusals`)
  expect(first.body.decisions.at(-1).message).toContain('would have accepted')
})

test.concurrent('an identity that becomes a canary loses its access tokens and gets none by Token Auth, until it is unmarked', async () => {
  const id = await here.identity()
  const path = `/api/admin/identities/${id}`
  const token = await issueToken(here.admin, id)
  expect((await here.admin.patch(path, canary)).status).toBe(200)
  expect((await here.anonymous.as(bearer(token)).get('/api/v1/identities/details')).status).toBe(401)
  const refused = await here.admin.post(`${path}/token-auth/tokens`, {})
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('decoy token')
  expect((await here.admin.patch(path, { isCanary: false })).body.isCanary).toBe(false)
  expect((await here.admin.post(`${path}/token-auth/tokens`, {})).status).toBe(201)
  const { entries } = (await here.admin.get(`/api/admin/audit?targetId=${id}&action=identity.updated`)).body
  expect(entries).toHaveLength(2)
})

test.concurrent('only admins mark canaries and make or remove decoy tokens; those who read see them', async () => {
  const member = await here.actor('member')
  const auditor = await here.actor('auditor')
  const id = await here.identity()
  const path = `/api/admin/identities/${id}`
  for (const refused of [
    await member.client.post('/api/admin/identities', { name: 'trap', ...canary }),
    await member.client.patch(path, { isCanary: true }),
    await member.client.post(`${path}/decoy-tokens`, { name: 'trap' }),
  ]) {
    expect(refused.status).toBe(403)
  }
  const unmarked = await here.admin.post(`${path}/decoy-tokens`, { name: 'trap', place: 'wiki' })
  expect([unmarked.status, unmarked.text]).toEqual([
    400,
    expect.stringContaining('Make this identity or another one a canary'),
  ])
  expect((await here.admin.patch(path, { isCanary: true })).status).toBe(200)
  const made = await here.admin.post(`${path}/decoy-tokens`, { name: 'trap', place: 'wiki' })
  expect(made.status, made.text).toBe(201)
  const decoyPath = `/api/admin/decoy-tokens/${made.body.id}`
  expect((await member.client.delete(decoyPath)).status).toBe(403)
  const listed = await auditor.client.get(`${path}/decoy-tokens`)
  expect(listed.body.decoyTokens).toMatchObject([{ id: made.body.id, name: 'trap', place: 'wiki' }])
  expect(listed.text).not.toContain(made.body.token)
  expect(await here.holds(made.body.token)).toBe(false)
  expect((await here.admin.delete(decoyPath)).status).toBe(204)
  expect((await here.admin.delete(decoyPath)).status).toBe(404)
  expect((await here.admin.post(`${path}/decoy-tokens`, { name: '' })).status).toBe(422)
})

test.concurrent('a decoy token looks like an access token but gives access to nothing; each use is counted in an incident that says where it was planted', async () => {
  const id = await here.identity({ name: 'backup' })
  const real = await issueToken(here.admin, id)
  const path = `/api/admin/identities/${id}`
  // A token of which nothing is known any more: what a caller is told of it is all that is told of a decoy.
  const unknown = await issueToken(here.admin, id)
  await here.admin.delete(`${path}/token-auth`)
  expect((await here.admin.patch(path, { isCanary: true })).status).toBe(200)
  const made = await here.admin.post(`${path}/decoy-tokens`, { name: 'trap', place: 'Variable TOKEN of acme/shop' })
  const decoy: string = made.body.token
  const other = (await here.admin.post(`${path}/decoy-tokens`, { name: 'second', place: 'wiki' })).body.token
  expect(decodeProtectedHeader(decoy)).toEqual(decodeProtectedHeader(real))
  expect(Object.keys(decodeJwt(decoy))).toEqual(Object.keys(decodeJwt(real)))

  const uses = [
    (token: string) => here.anonymous.as(bearer(token)).get('/api/admin/identities'),
    (token: string) => here.anonymous.as(bearer(token)).get('/api/v1/identities/details'),
    (token: string) => here.anonymous.post('/api/v1/auth/token/renew', { accessToken: token }),
    (token: string) => here.admin.post('/api/v1/auth/token/introspect', { token }),
    (token: string) => here.anonymous.post('/api/v1/auth/token/revoke', { accessToken: token }),
  ]
  for (const use of uses) expect(seen(await use(decoy))).toEqual(seen(await use(unknown)))

  const [incident, ...others] = await alarms(id, ([one]) => one?.count === uses.length)
  expect(others).toEqual([])
  expect(incident).toMatchObject({ severity: 'critical', count: uses.length, identityName: 'backup' })
  expect(incident?.about).toContain('Variable TOKEN of acme/shop')
  expect(incident?.about).toContain('GET /api/admin/identities')
  const decision = await here.admin.get(`/api/admin/decisions/${incident?.lastDecisionId}`)
  expect(decision.body).toMatchObject({ accepted: false, reason: 'canary_used', ip: here.ip })

  // Another decoy is another incident; an altered one, one that is sent as something else, and one that is sent to a login, are uses.
  const asPassword = { authorization: `Basic ${Buffer.from(`x:${other}`).toString('base64')}` }
  await here.anonymous.as(asPassword).get('/api/admin/identities')
  await here.anonymous.as(bearer(`${other.slice(0, -8)}AAAAAAAA`)).get('/api/admin/identities')
  await login(here.anonymous, await attached(here, { publicKeys: [issuer.pem] }), other)
  const both = await alarms(id, (found) => found.length === 2 && found.some(({ count }) => count === 3))
  expect(both.map(({ count }) => count).sort()).toEqual([3, uses.length])
})

test.concurrent('a resolved alarm is raised again by the next use, and a flood of uses is one incident', async () => {
  const id = await attached(here, { publicKeys: [issuer.pem] })
  await here.admin.patch(`/api/admin/identities/${id}`, canary)
  for (let n = 0; n < 30; n++) await login(here.anonymous, id, 'no token')
  const [incident] = await alarms(id, ([one]) => one?.count === 30)
  expect(incident?.count).toBe(30)
  const resolved = await here.admin.patch(`/api/admin/incidents/${incident?.id}`, { state: 'resolved' })
  expect(resolved.status, resolved.text).toBe(200)
  await login(here.anonymous, id, 'no token')
  const found = await alarms(id, (all) => all.length === 2)
  expect(found.map(({ count }) => count)).toEqual([1, 30])
  expect((await here.admin.get(jwtAuthPath(id))).status).toBe(200)
})

test.concurrent('a flood of uses of a decoy token is answered like one of an unknown token, and every use is counted in one incident', async () => {
  const id = await here.identity({ name: 'flooded' })
  const path = `/api/admin/identities/${id}`
  await here.admin.patch(path, canary)
  const { token } = (await here.admin.post(`${path}/decoy-tokens`, { name: 'trap', place: 'wiki' })).body
  const from = (n: number) => here.anonymous.as({ ...bearer(token), 'x-forwarded-for': `192.0.2.${n % 20}` })
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => from(n).get('/api/admin/identities')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]))
  const [incident, ...others] = await alarms(id, ([one]) => one?.count === 200)
  expect(others).toEqual([])
  expect(incident?.count).toBe(200)
})
