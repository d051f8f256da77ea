import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './eventually'
import { type Installation, install, jwtAuthPath } from './installation'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = 'https://token.actions.githubusercontent.com'
const jwks = `${issuer}/.well-known/jwks`
const audience = 'https://keybound.acme.dev'
const exact = 'repo:acme@1/app@2:ref:refs/heads/main'
const reason = 'Accepted until the platform has moved.'
const rule = (path: string, ...values: string[]) => ({ path, matcher: { kind: 'glob-any', values } })

/** A trust with an audience and, where there are any, subjects. */
const trust = (...subjects: string[]) => ({
  issuer,
  keys: [{ kind: 'jwks-url', url: jwks }],
  rules: [rule('aud', audience), ...(subjects.length > 0 ? [rule('sub', ...subjects)] : [])],
  grant: { ttlSeconds: 900, ttlSecondsMax: 900 },
})

const place = (identityId: string) => `/api/admin/identities/${identityId}/trusts/jwt`
const override = { rules: ['L01', 'L02'], reason }
const open = trust()

test('our API stores an enabled trust that lets strangers in only with an override, which is audited', async () => {
  const identityId = await here.identity()
  const blocked = await here.admin.post(place(identityId), open)
  expect(blocked.status, blocked.text).toBe(400)
  expect(blocked.body).toMatchObject({ kind: 'rule', reason: 'override_needed' })
  expect(blocked.body.fields.map(({ code }: { code: string }) => code)).toEqual(['L01', 'L02'])
  expect(await here.db.trust.count({ where: { identityId } })).toBe(0)

  const made = await here.admin.post(place(identityId), { ...open, override })
  expect(made.status, made.text).toBe(201)
  expect(made.body).not.toHaveProperty('override')
  const { body } = await here.admin.get(`/api/admin/audit?targetId=${made.body.id}`)
  expect(body.entries).toMatchObject([{ action: 'trust.created', reason, overridden: ['L01', 'L02'] }])
})

test('our API widens an enabled trust only with a reason, and narrows it without one', async () => {
  const identityId = await here.identity()
  expect((await here.admin.post(place(identityId), trust(exact))).status).toBe(201)
  const wider = trust(exact, 'repo:acme@1/web@3:*')
  const blocked = await here.admin.put(place(identityId), wider)
  expect(blocked.body, blocked.text).toMatchObject({ statusCode: 400, reason: 'reason_needed' })
  const changed = await here.admin.put(place(identityId), { ...wider, reason })
  expect(changed.status, changed.text).toBe(200)
  expect((await here.admin.put(place(identityId), trust(exact))).status).toBe(200)
  const { body } = await here.admin.get(`/api/admin/audit?targetId=${changed.body.id}&action=trust.updated`)
  expect(body.entries.map(({ reason }: { reason: string | null }) => reason)).toEqual([null, reason])
})

test.each([
  ['a reason of a few letters', { reason: 'so' }, 'reason'],
  ['an override without a reason', { override: { rules: ['L01'] } }, 'override.reason'],
  ['an override of no rule', { override: { rules: [], reason } }, 'override.rules'],
  ['an override of what is no rule', { override: { rules: ['all'], reason } }, 'override.rules.0'],
])('%s is a wrong field, named', async (_, said, field) => {
  const { status, body } = await here.admin.post(place(await here.identity()), { ...open, ...said })
  expect(status).toBe(422)
  expect(body.fields.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([field])
})

test('other APIs are not blocked, and their audit entries say which findings were raised', async () => {
  const sent = { jwksUrl: jwks, boundIssuer: issuer, boundAudiences: audience, boundSubject: '*' }
  const raised = async (): Promise<string[]> => {
    const made = await here.admin.post(jwtAuthPath(await here.identity()), sent)
    expect(made.status, made.text).toBe(200)
    const { id } = made.body.identityJwtAuth
    return (await here.admin.get(`/api/admin/audit?targetId=${id}&action=trust.created`)).body.entries[0].raised
  }
  // A change that is not judged within a second is not kept waiting; the entry then says nothing.
  const found = await eventually(raised, (rules) => rules.length > 0)
  expect(found).toEqual(expect.arrayContaining(['L01', 'L02']))
})
