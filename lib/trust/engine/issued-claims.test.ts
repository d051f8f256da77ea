import { beforeAll, expect, test } from 'vitest'
import { keysOf, vectorNamed } from '@/e2e/fixtures/judge-vector'
import { TrustPolicy } from '../policy'
import { createVectorIssuer, type VectorIssuer } from '../vectors'
import { decodeToken } from './token'
import { verify } from './verify'

let issuer: VectorIssuer
beforeAll(async () => {
  issuer = await createVectorIssuer({ now: 1_800_000_000 })
})

test('a claim that the access token is to carry on must be in the token', async () => {
  const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
  const trust = TrustPolicy.parse({ ...made.policy, grant: { metadata: { team: 'team_id' } } })
  const verdict = await verify({
    token: made.token,
    trust,
    keys: async (source) => keysOf(issuer, made, source.url),
    now: issuer.now,
  })
  expect(verdict.accepted).toBe(false)
  expect(verdict.decisive).toMatchObject({ id: 'grant', reason: 'claim_missing' })
  expect(verdict.grant).toBeNull()
})

test('claims that no request header could bring back are not carried on, and the login says how much they are', async () => {
  const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
  const decoded = decodeToken(made.token)
  if (!decoded.header.ok || !decoded.claims.ok) throw new TypeError('no token')
  const groups = Array.from({ length: 300 }, (_, index) => `bücher-${index}`)
  const token = await issuer.sign({
    key: 'rsa',
    alg: 'RS256',
    header: JSON.stringify(decoded.header.value),
    claims: JSON.stringify({ ...decoded.claims.value, groups }),
  })
  const judged = async (grant: object) =>
    verify({
      token,
      trust: TrustPolicy.parse({ ...made.policy, grant }),
      keys: async (source) => keysOf(issuer, made, source.url),
      now: issuer.now,
    })
  expect((await judged({ metadata: { groups: 'groups' } })).accepted).toBe(true)
  const many = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, 'groups']))
  const verdict = await judged({ metadata: many })
  expect(verdict.decisive).toMatchObject({ id: 'grant', reason: 'claim_mismatch', field: 'grant.metadata' })
  expect(verdict.decisive?.received).toMatch(/^\d{4,5} bytes of JSON$/)
  expect(verdict.grant).toBeNull()
})
