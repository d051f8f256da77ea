import { beforeAll, describe, expect, test } from 'vitest'
import { judgeVector, vectorNamed } from '@/e2e/fixtures/judge-vector'
import type { KeySet } from '../key-sources/key-source'
import { TrustPolicy } from '../policy'
import { createVectorIssuer, type VectorIssuer } from '../vectors'
import { explainIssuer } from './checks/issuer-difference'
import { verify } from './verify'

let issuer: VectorIssuer
beforeAll(async () => {
  issuer = await createVectorIssuer({ now: 1_800_000_000 })
})

test('a discovery document of another issuer vouches for nothing', async () => {
  const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
  const trust = TrustPolicy.parse({ ...made.policy, keys: [{ kind: 'oidc-discovery', url: issuer.issuer }] })
  const set = (named: string): KeySet => ({
    status: 'ok',
    keys: [issuer.publicJwk('rsa')],
    fetchedAt: 0,
    stale: null,
    issuer: named,
  })
  const other = await verify({
    token: made.token,
    trust,
    keys: async () => set('https://other.example'),
    now: issuer.now,
  })
  expect(other.decisive).toMatchObject({ id: 'keys.source', reason: 'key_source_issuer' })
  expect(
    (await verify({ token: made.token, trust, keys: async () => set(issuer.issuer), now: issuer.now })).accepted,
  ).toBe(true)
})

test('the difference between two issuers is explained to the owner alone', async () => {
  const made = await vectorNamed('an issuer with a trailing slash is another issuer').make(issuer)
  const { decisive } = await judgeVector(issuer, made)
  expect(decisive?.fix).toMatch(/trailing slash/)
  expect(explainIssuer('https://a.example/x', 'https://a.example/y')).toMatch(
    /character 19: expected "x", received "y"/,
  )
  expect(explainIssuer('https://a', 'https://ab')).toMatch(/character 10: expected the end, received "b"/)
  expect(explainIssuer('https://a.example/x', 'https://a.ex\u200bample/x')).toMatch(/look alike/)
  expect(explainIssuer('https://a.example', 'https://\u0430.example')).toMatch(
    /expected "a", received "\u0430" \(U\+0430\)/,
  )
  expect(explainIssuer('https://a/x', 'https://a/\u202ey')).toMatch(/received "\\u\{202e\}"/)
})

describe('a discovery document is judged before its keys', () => {
  const judged = async (set: Partial<Extract<KeySet, { status: 'unavailable' }>>, boundIssuer = issuer.issuer) => {
    const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
    const keys = [{ kind: 'oidc-discovery', url: issuer.issuer }]
    const trust = TrustPolicy.parse({ ...made.policy, issuer: boundIssuer, keys })
    const failed: KeySet = { status: 'unavailable', reason: 'unreachable', message: 'Refused.', fix: 'Look.', ...set }
    return (await verify({ token: made.token, trust, keys: async () => failed, now: issuer.now })).decisive
  }

  test('one of another issuer is a refusal although its keys cannot be had', async () => {
    expect(await judged({ issuer: 'https://other.example' })).toMatchObject({ reason: 'key_source_issuer' })
    expect(await judged({ issuer: issuer.issuer })).toMatchObject({ reason: 'key_source_unavailable' })
    expect(await judged({})).toMatchObject({ reason: 'key_source_unavailable' })
  })

  test('one whose issuer is a template leads to the tenant’s own, not back to the template', async () => {
    const template = issuer.issuer.replace(/[^/]+$/, '{tenantid}')
    for (const bound of [issuer.issuer, 'https://login.example/another/v2.0']) {
      const decisive = await judged({ issuer: template }, bound)
      expect(decisive).toMatchObject({ reason: 'key_source_issuer', message: expect.stringContaining('template') })
      expect(decisive?.fix).toContain(`discovery URL, ${issuer.issuer},`)
      expect(decisive?.message).not.toContain(issuer.issuer)
    }
  })
})
