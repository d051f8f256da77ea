import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOnPurpose } from '../fixtures/open-on-purpose'
import { createAuthority } from '../peers/tls-authority'
import { type Installation, install } from './installation'
import { createIssuer } from './issuer'
import { at, base, expectError, issuerCalls, jwkOf, newIss, notFound } from './nativeframe-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const { login } = issuerCalls(() => here)
const signer = createIssuer()
const inline = { kind: 'inline-jwk', jwk: jwkOf(signer) }
const url = 'https://issuer.example/jwks.json'
const subject = { path: 'sub', matcher: { kind: 'equals-any', values: ['only-me'] }, whenAbsent: 'refuse' }

/** An issuer made in the dashboard, and a good body to replace it with here. */
async function made(more: Record<string, unknown>) {
  const iss = newIss()
  const sent = { method: 'issuer', issuer: iss, project: 'video', keys: [inline], ...openOnPurpose, ...more }
  const answer = await here.admin.post('/api/admin/trusts', sent)
  expect(answer.status, answer.text).toBe(201)
  return { iss, id: answer.body.id as string, body: { iss, project: { id: 'video' }, keys: [inline.jwk] } }
}

const trust = (id: string) => here.db.trust.findUniqueOrThrow({ where: { id } })

test('a token that a rule refuses stays refused, whatever this API is asked to do with the issuer', async () => {
  const { iss, body } = await made({ rules: [subject] })
  const token = (sub: string) => signer.token({ iss, sub }, { kid: 'k1' })
  expect((await login(token('only-me'))).status).toBe(200)
  expect((await login(token('evil'))).status).toBe(403)

  notFound(await here.admin.get(at(iss)))
  const again = await here.admin.post(base, body)
  expectError(again, { status: 409, errorCode: 'issuer_exists' })
  expect(again.body.message).not.toMatch(/replace|update/i)
  notFound(await here.admin.put(at(iss), body))
  notFound(await here.admin.delete(at(iss)))

  expect((await login(token('evil'))).status).toBe(403)
  expect((await login(token('only-me'))).status).toBe(200)
})

describe('an issuer that this API cannot represent is neither replaced nor removed by it', () => {
  const claim = (path: string, matcher: object, whenAbsent = 'refuse') => ({ rules: [{ path, matcher, whenAbsent }] })
  const cases: [string, Record<string, unknown>][] = [
    ['a rule on the subject', { rules: [subject] }],
    ['a rule on another claim', claim('tenant.id', { kind: 'equals-any', values: ['blue'] })],
    ['a pattern for the audience', claim('aud', { kind: 'glob-any', values: ['live-*'] })],
    ['an audience that may be absent', claim('aud', { kind: 'equals-any', values: ['live'] }, 'allow')],
    ['roles that may not be absent', claim('roles', { kind: 'subset-of', values: ['viewer'] })],
    ['a CA certificate', { keys: [{ kind: 'jwks-url', url, caCert: createAuthority().cert }] }],
    ['a PEM', { keys: [{ kind: 'static-pem', pem: signer.pem }] }],
    [
      'two URLs',
      {
        keys: [
          { kind: 'jwks-url', url },
          { kind: 'jwks-url', url: `${url}?2` },
        ],
      },
    ],
    ['a URL after a key', { keys: [inline, { kind: 'jwks-url', url }] }],
  ]

  test.each(cases)('%s', async (_, more) => {
    const { iss, id, body } = await made(more)
    const before = await trust(id)
    for (const path of [at(iss), `${base}/id:${id}`]) {
      notFound(await here.admin.get(path))
      notFound(await here.admin.put(path, body))
      notFound(await here.admin.put(path, body, { headers: { 'if-match': '"1"' } }))
      notFound(await here.admin.put(path, {}))
      notFound(await here.admin.delete(path))
    }
    expect(await trust(id)).toEqual(before)
  })

  test('if an issuer has become unrepresentable, an ETag read before gives no access to it', async () => {
    const { iss, id, body } = await made({})
    const { headers } = await here.admin.get(at(iss))
    const more = { method: 'issuer', issuer: iss, project: 'video', keys: [inline], rules: [subject], ...openOnPurpose }
    expect((await here.admin.put(`/api/admin/trusts/${id}`, more)).status).toBe(200)
    notFound(await here.admin.put(at(iss), body, { headers: { 'if-match': headers.get('etag') ?? '' } }))
    expect((await trust(id)).rules).toContain('only-me')
  })

  test('one that it can represent is replaced and removed, whatever its origin', async () => {
    const { iss, body } = await made({})
    const answer = await here.admin.put(at(iss), { ...body, aud: ['live'] })
    expect([answer.status, answer.body.aud]).toEqual([200, ['live']])
    expect((await here.admin.delete(at(iss))).status).toBe(204)
  })
})

test('the list leaves out what it cannot represent, and counts what it lists', async () => {
  const project = `list ${newIss()}`
  const make = async (more: object) => {
    const sent = { method: 'issuer', issuer: newIss(), project, keys: [inline], ...openOnPurpose, ...more }
    expect((await here.admin.post('/api/admin/trusts', sent)).status).toBe(201)
    return sent.issuer
  }
  const shown = [await make({}), await make({})]
  await make({ rules: [subject] })
  const { body } = await here.admin.get(`${base}?project=${encodeURIComponent(project)}&limit=10`)
  expect(body.issuers.map(({ iss }: { iss: string }) => iss).toSorted()).toEqual(shown.toSorted())
  expect(body.total).toBe(2)
})
