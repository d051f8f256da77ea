import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { github } from '@/lib/trust/presets/github'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import type { Client } from './client'
import { eventually } from './eventually'
import { type Installation, install, jwtAuthPath } from './installation'

let here: Installation
let auditor: Client
let outsider: Client
beforeAll(async () => {
  here = await install()
  auditor = (await here.actor('auditor')).client
  outsider = (await here.actor('no-access')).client
})
afterAll(() => here.stop())
beforeEach(async () => {
  await here.db.trust.deleteMany()
})

const issuer = 'https://token.actions.githubusercontent.com'
const jwks = `${issuer}/.well-known/jwks`
const audience = 'https://keybound.acme.dev'
const exact = 'repo:acme@1/app@2:ref:refs/heads/main'
const soon = () => new Date(Date.now() + 3_600_000).toISOString()
const reason = 'Accepted until the platform has moved.'

/** A trust in the words of our API. */
const trust = (sub: string, more: Record<string, unknown> = {}) => ({
  issuer,
  keys: [{ kind: 'jwks-url', url: jwks }],
  rules: [rule('aud', audience), rule('sub', sub)],
  grant: { ttlSeconds: 900, ttlSecondsMax: 900 },
  ...more,
})
function rule(path: string, ...values: string[]) {
  return { path, matcher: { kind: 'glob-any', values } }
}

/** Stores a trust by an API that blocks nothing, and answers its id. */
async function stored(sub: string): Promise<string> {
  const identityId = await here.identity()
  const body = { jwksUrl: jwks, boundIssuer: issuer, boundAudiences: audience, boundSubject: sub }
  const ttl = { accessTokenTTL: 900, accessTokenMaxTTL: 900 }
  const made = await here.admin.post(jwtAuthPath(identityId), { ...body, ...ttl })
  expect(made.status, made.text).toBe(200)
  return made.body.identityJwtAuth.id
}

/** A trust of another organization. */
async function foreign(): Promise<string> {
  const identityId = await here.stranger()
  const { organizationId } = await here.db.identity.findUniqueOrThrow({ where: { id: identityId } })
  const json = { keys: '[]', algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}' }
  const row = { id: randomUUID(), organizationId, identityId, kind: 'jwt', name: 'theirs', ...json }
  return (await here.db.trust.create({ data: row })).id
}

const posture = async (query = '', client = here.admin) => client.get(`/api/admin/posture${query}`)
const idsOf = (findings: { id: string }[]) => findings.map(({ id }) => id)

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

  test('the posture without the role auditor', async () => {
    expect((await posture('', outsider)).status).toBe(403)
    expect((await posture('', here.anonymous)).status).toBe(401)
  })

  test('a trust of another organization is not there', async () => {
    const trustId = await foreign()
    const answers = [
      await here.admin.post('/api/admin/analyse', { trustId }),
      await here.admin.post('/api/admin/analyse', { trustId, trust: trust(exact) }),
      await here.admin.post('/api/admin/evaluate', { trustId, token: 'x' }),
      await here.admin.post('/api/admin/compare', { before: { trustId }, after: { trust: trust(exact) } }),
      await here.admin.get(`/api/admin/trusts/${trustId}/posture`),
      await here.admin.post(`/api/admin/trusts/${trustId}/mutes`, { rule: 'L01', reason, until: soon() }),
      await here.admin.delete(`/api/admin/trusts/${trustId}/mutes/L01`),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect((await posture()).body).toMatchObject({ total: 0, trusts: [] })
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

describe('the posture of the organization', () => {
  test('lists trusts worst first, in pages, by filter, and follows changes at once', async () => {
    const [open, tight] = [await stored('*'), await stored(exact)]
    const first = await posture('?limit=1')
    expect(first.status, first.text).toBe(200)
    expect(first.body).toMatchObject({ total: 2, unjudged: 0, isMore: false, worst: 'critical' })
    expect(first.body.trusts).toMatchObject([{ id: open, worst: 'critical', preset: { id: 'github' } }])
    const second = await posture(`?limit=1&cursor=${first.body.next}`)
    expect(second.body).toMatchObject({ trusts: [{ id: tight }], next: null })
    expect((await posture('?rule=L02')).body.trusts).toMatchObject([{ id: open }])
    const { identityId } = await here.db.trust.findUniqueOrThrow({ where: { id: open } })
    await here.admin.delete(jwtAuthPath(identityId ?? ''))
    expect((await posture()).body).toMatchObject({ total: 1, trusts: [{ id: tight }] })
  })

  test('an unknown filter and a made-up cursor are wrong fields', async () => {
    for (const query of ['?severity=bad', '?rule=__proto__', '?rule=%E0%A4%A', '?cursor=x', '?limit=0', '?nope=1']) {
      expect((await posture(query)).status, query).toBe(422)
    }
  })

  test('trusts are judged in the background', async () => {
    const trustId = await stored('*')
    const count = () => here.db.trustPosture.count({ where: { trustId } })
    expect(await eventually(count, (found) => found === 1)).toBe(1)
  })
})

describe('a mute', () => {
  const path = (trustId: string) => `/api/admin/trusts/${trustId}/mutes`

  test('removes a finding from the score, audited, until it is ended', async () => {
    const trustId = await stored('*')
    const before = (await here.admin.get(`/api/admin/trusts/${trustId}/posture`)).body
    const until = soon()
    const made = await here.admin.post(path(trustId), { rule: 'L02', reason, until })
    expect(made.status, made.text).toBe(201)
    expect(made.body).toMatchObject({ rule: 'L02', reason, until })
    const muted = (await auditor.get(`/api/admin/trusts/${trustId}/posture`)).body
    expect(muted.findings.find(({ id }: { id: string }) => id === 'L02').mute).toMatchObject({ reason, until })
    expect(muted.score).toBeGreaterThanOrEqual(before.score)
    expect((await posture('?rule=L02')).body.total).toBe(0)
    expect((await posture('?rule=L02&muted=true')).body.trusts).toMatchObject([{ id: trustId }])

    const { body: audit } = await here.admin.get(`/api/admin/audit?targetId=${trustId}&action=finding.muted`)
    expect(audit.entries).toMatchObject([{ action: 'finding.muted', reason, targetId: trustId }])

    expect((await here.admin.delete(`${path(trustId)}/L02`)).status).toBe(204)
    expect((await here.admin.delete(`${path(trustId)}/L02`)).status).toBe(404)
    expect((await posture('?rule=L02')).body.total).toBe(1)
  })

  test('that has ended has no effect', async () => {
    const trustId = await stored('*')
    await here.admin.post(path(trustId), { rule: 'L02', reason, until: soon() })
    await here.db.findingMute.updateMany({ data: { until: new Date(Date.now() - 1000) } })
    expect((await posture('?rule=L02')).body.total).toBe(1)
    expect((await here.admin.get(`/api/admin/trusts/${trustId}/posture`)).body.mutes).toEqual([])
  })

  test('goes with its trust', async () => {
    const trustId = await stored('*')
    await here.admin.post(path(trustId), { rule: 'L02', reason, until: soon() })
    const { identityId } = await here.db.trust.findUniqueOrThrow({ where: { id: trustId } })
    await here.admin.delete(jwtAuthPath(identityId ?? ''))
    expect(await here.db.findingMute.count()).toBe(0)
  })

  test('needs a reason, an end within a year, a rule that exists, and the right to change the trust', async () => {
    const trustId = await stored('*')
    const wrong = [
      { reason: 'short' },
      { until: '2001-01-01T00:00:00Z' },
      { until: '2999-01-01T00:00:00Z' },
      { rule: 'L999' },
    ]
    for (const change of wrong) {
      const answer = await here.admin.post(path(trustId), { rule: 'L02', reason, until: soon(), ...change })
      expect(answer.status, answer.text).toBe(422)
      expect(answer.body.fields[0].path).toEqual(Object.keys(change))
    }
    expect((await auditor.post(path(trustId), { rule: 'L02', reason, until: soon() })).status).toBe(403)
    expect(await here.db.findingMute.count()).toBe(0)
  })
})
