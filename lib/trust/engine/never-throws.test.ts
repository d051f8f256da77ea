import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { vectorNamed } from '@/e2e/fixtures/judge-vector'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import type { KeySet } from '../key-sources/key-source'
import { TrustPolicy } from '../policy'
import { createVectorIssuer, type VectorIssuer } from '../vectors'
import { verify } from './verify'

let issuer: VectorIssuer
beforeAll(async () => {
  issuer = await createVectorIssuer({ now: 1_800_000_000 })
})

const unused = () => {
  throw new Error('no key is to be fetched')
}

describe('nothing makes it throw', () => {
  const trust = TrustPolicy.parse({
    issuer: 'https://issuer.example',
    keys: [{ kind: 'jwks-url', url: 'https://issuer.example/keys' }],
    rules: [{ path: 'a.b', matcher: { kind: 'glob-any', values: ['*'] } }],
  })
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  const anyKeys = fc.array(
    fc.dictionary(
      fc.constantFrom('kty', 'kid', 'n', 'e', 'crv', 'x', 'y', 'use', 'alg', 'key_ops'),
      fc.oneof(fc.constantFrom('RSA', 'EC', 'sig', 'AQAB', 'a'), fc.jsonValue()),
    ),
    { maxLength: 3 },
  )
  const header = fc.dictionary(
    fc.constantFrom('alg', 'kid', 'typ', 'crit', 'jwk'),
    fc.oneof(fc.constantFrom('RS256', 'ES256', 'a', 'none'), fc.jsonValue()),
  )
  const claims = fc.dictionary(
    fc.constantFrom('iss', 'aud', 'sub', 'exp', 'nbf', 'iat', 'a', '__proto__'),
    fc.jsonValue(),
  )
  const token = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .tuple(header, claims, fc.base64String())
      .map(([h, c, s]) => `${encode(JSON.stringify(h))}.${encode(JSON.stringify(c))}.${s}`),
    fc.tuple(fc.json(), fc.json()).map(([h, c]) => `${encode(h)}.${encode(c)}.`),
  )
  test('no token, key set, clock or address', async () => {
    await fc.assert(
      fc.asyncProperty(token, anyKeys, fc.double(), fc.string(), async (text, keys, now, ip) => {
        const set = { status: 'ok', keys, fetchedAt: now, stale: null } as KeySet
        const verdict = await verify({ token: text, trust, keys: async () => set, now, ip })
        expect(verdict.accepted).toBe(false)
        expect(verdict.decisive?.status).toBe('fail')
      }),
      { numRuns: propertyRuns(1500) },
    )
  })
  test('not even a token that is no text, or a key set that is none', async () => {
    for (const bad of [null, undefined, 7, {}, []])
      expect((await verify({ token: bad as never, trust, keys: unused, now: 0 })).accepted).toBe(false)
    const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
    for (const set of [null, undefined, {}, { status: 'ok' }, { status: 'ok', keys: [null, 1, []] }]) {
      const verdict = await verify({
        token: made.token,
        trust: TrustPolicy.parse(made.policy),
        keys: async () => set as never,
        now: issuer.now,
      })
      expect(verdict.accepted).toBe(false)
    }
  })
})
