import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import type { Client } from './client'
import { type Installation, install } from './installation'
import { audience, exact, idsOf, issuer, rule, storedIn, trust } from './posture-calls'

let here: Installation
let auditor: Client
let outsider: Client
beforeAll(async () => {
  here = await install()
  auditor = (await here.actor('auditor')).client
  outsider = (await here.actor('no-access')).client
})
afterAll(() => here.stop())

const stored = (sub: string) => storedIn(here, sub)

describe('a trust is analysed', () => {
  test('from the request body: its description, findings, who else gets in, and rules that accept nothing', async () => {
    const { status, body, text } = await auditor.post('/api/admin/analyse', { trust: trust('repo:acme/*') })
    expect(status, text).toBe(200)
    expect(body).toMatchObject({ preset: { id: 'github', verified: true }, worst: 'high', dead: [] })
    expect(idsOf(body.findings)).toContain('L13')
    expect(body.strangers.some((stranger: { admitted: boolean }) => stranger.admitted)).toBe(true)
    const dead = await auditor.post('/api/admin/analyse', { trust: trust('repo:acme/app:ref:refs/head/main') })
    expect(dead.body.dead[0]).toMatchObject({ suggestion: 'repo:acme/app:ref:refs/heads/main' })
  })

  test('by its id, and from an answer of our API that is sent back', async () => {
    const trustId = await stored('*')
    const byId = await auditor.post('/api/admin/analyse', { trustId })
    expect(idsOf(byId.body.findings)).toContain('L02')
    const read = await auditor.get(`/api/admin/trusts/${trustId}`)
    const sent = await auditor.post('/api/admin/analyse', { trust: read.body })
    expect(sent.status, sent.text).toBe(200)
    expect(idsOf(sent.body.findings)).toContain('L02')
  })

  test('with a token of its job: the fixes use its values and remove the finding', async () => {
    const sample = sampleClaims(github, { now: Math.floor(Date.now() / 1000), audience })
    const open = trust('*')
    const { body } = await auditor.post('/api/admin/analyse', { trust: open, claims: sample })
    const fix = body.findings.find(({ id }: { id: string }) => id === 'L02')?.fix
    expect(fix.changes).not.toEqual([])
    const rules = fix.changes.reduce(applied, structuredClone(open.rules))
    const again = await auditor.post('/api/admin/analyse', { trust: { ...open, rules }, claims: sample })
    expect(idsOf(again.body.findings)).not.toContain('L02')
  })

  /** As RFC 6902 §4 says, for rules that are added. */
  function applied(rules: unknown[], { op, path, value }: { op: string; path: string; value: unknown }) {
    expect({ op, path }).toEqual({ op: 'add', path: expect.stringMatching(/^\/rules\/\d+$/) })
    return rules.toSpliced(Number(path.split('/')[2]), 0, value)
  }
})

test('two trusts are compared: direction and examples by field, findings new and gone', async () => {
  const before = { trust: trust(exact) }
  const { status, body, text } = await auditor.post('/api/admin/compare', {
    before,
    after: { trustId: await stored('*') },
  })
  expect(status, text).toBe(200)
  expect(body.relation).toBe('wider')
  const sub = body.dimensions.find(({ id }: { id: string }) => id === 'rules.sub')
  expect(sub).toMatchObject({ relation: 'wider', accepted: { value: expect.any(String) } })
  expect(idsOf(body.raised)).toContain('L02')
})

test('a token is judged by a trust in the body, and nothing of it is stored', async () => {
  const token = ['{"alg":"ES256"}', `{"iss":"${issuer}","sub":"${exact}","exp":1}`, 'no signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')
  const before = await here.db.decision.count()
  const { status, body, text } = await auditor.post('/api/admin/evaluate', { trust: trust(exact), token })
  expect(status, text).toBe(200)
  expect(body).toMatchObject({ accepted: false, decisive: 'keys.source', preset: { id: 'github' }, claims: { exp: 1 } })
  expect(body.checks.filter(({ status }: { status: string }) => status === 'fail')).not.toEqual([])
  expect(await here.db.decision.count()).toBe(before)
  const tag = trust(exact.replace('heads/main', 'tags/v1'))
  const { causes } = (await auditor.post('/api/admin/evaluate', { trust: tag, token })).body
  expect(causes).toContainEqual({ field: 'rules.1', causes: [expect.stringContaining('"refs/tags/v1" is wanted')] })
  const wrong = await auditor.post('/api/admin/evaluate', { trust: trust(exact), token, at: 'yesterday', ip: 'home' })
  expect(wrong.status).toBe(422)
  expect(wrong.body.fields.map(({ path }: { path: string[] }) => path.join('.'))).toEqual(['ip', 'at'])
})

test('claims are recognised, and a number is not rounded on the way', async () => {
  const raw = `{"claims":{"iss":"${issuer}","sub":"${exact}","repository":"acme/app","big":18446744073709551615}}`
  const { status, body, text } = await auditor.call('POST', '/api/admin/recognise', undefined, { raw })
  expect(status, text).toBe(200)
  expect(body).toMatchObject({ preset: { id: 'github' }, format: { id: expect.any(String) }, unknown: ['big'] })
})

describe('what is refused', () => {
  const operations: [string, object][] = [
    ['analyse', { trust: trust(exact) }],
    ['compare', { before: { trust: trust(exact) }, after: { trust: trust(exact) } }],
    ['recognise', { claims: {} }],
    ['evaluate', { trust: trust(exact), token: 'x' }],
  ]

  test.each(operations)('%s without the role auditor', async (name, body) => {
    expect((await outsider.post(`/api/admin/${name}`, body)).status).toBe(403)
    expect((await here.anonymous.post(`/api/admin/${name}`, body)).status).toBe(401)
  })

  test.each<[string, object, string]>([
    ['no trust', {}, 'trustId'],
    ['a trust without keys', { trust: { rules: [] } }, 'trust.keys'],
    ['an unknown field of a trust', { trust: trust(exact, { rulez: [] }) }, 'trust.rulez'],
    ['claims that are a list', { trust: trust(exact), claims: [] }, 'claims'],
    ['an unknown kind', { trust: trust(exact, { method: 'saml' }) }, 'trust.method'],
  ])('%s is a wrong field, named', async (_, body, field) => {
    const answer = await auditor.post('/api/admin/analyse', body)
    expect(answer.status, answer.text).toBe(422)
    expect(answer.body.fields.map(({ path }: { path: string[] }) => path.join('.'))).toContain(field)
  })

  test('patterns designed to be slow are answered, and other callers are served meanwhile', async () => {
    const values = Array.from({ length: 300 }, (_, at) => `repo:${'a*'.repeat(300)}${at}`)
    const slow = [1, 2, 3].map(() =>
      auditor.post('/api/admin/analyse', { trust: trust(exact, { rules: [rule('sub', ...values)] }) }),
    )
    const begun = performance.now()
    expect((await here.anonymous.get('/.well-known/jwks.json')).status).toBe(200)
    const waitedMs = performance.now() - begun
    const answers = await Promise.all(slow)
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(waitedMs).toBeLessThan(performance.now() - begun)
  })
})
