import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimsProblem, makeTestKey, signTestToken } from '@/lib/client/test-token'
import { type Breakage, breakages, breakTestToken } from '@/lib/client/token-breakages'
import { verify } from '@/lib/trust/engine/verify'
import { type JsonObject, stringifyJson } from '@/lib/trust/json/json'
import { TrustPolicy } from '@/lib/trust/policy'
import { sampleClaims } from './sample-claims'

const now = 1_800_000_000
const noRemoteKeys = async () => {
  throw new Error('no remote source here')
}
const rule = (path: string, ...values: string[]) => ({ path, matcher: { kind: 'glob-any', values } })

async function setUp(rules: object[] = [rule('aud', 'keybound'), rule('sub', 'repo:acme/*')]) {
  const key = await makeTestKey()
  const trust = TrustPolicy.parse({
    issuer: 'https://issuer.example',
    keys: [{ kind: 'static-pem', pem: key.pem }],
    rules,
  })
  const claims = sampleClaims(trust, now)
  const judge = (token: string) => verify({ token, trust, keys: noRemoteKeys, now })
  return { key, trust, claims, judge }
}

test('a token made from the form is accepted by the form', async () => {
  const { key, claims, judge } = await setUp()
  expect(await judge(await signTestToken(key, stringifyJson(claims)))).toMatchObject({ accepted: true })
})

test('the private key cannot be taken out of the tab', async () => {
  const { privateKey } = await makeTestKey()
  expect(privateKey.extractable).toBe(false)
  await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow()
})

/** The check that has to find each fault. */
const finders: Record<Breakage, string> = {
  ...{ expired: 'exp', 'not-yet': 'nbf', future: 'iat', endless: 'exp', milliseconds: 'exp' },
  ...{ audience: 'aud', 'no-audience': 'aud', issuer: 'iss', slash: 'iss' },
  ...{ subject: 'sub', 'no-subject': 'sub', 'subject-list': 'sub' },
  ...{ 'foreign-key': 'signature', 'same-kid': 'signature', 'own-key': 'signature', 'shared-secret': 'header.alg' },
  ...{ unsigned: 'header.alg', tampered: 'signature', 'cut-off': 'signature', padded: 'token.shape' },
  ...{ twice: 'claims.json', critical: 'header.crit', logout: 'header.typ' },
}

test('there are more than twenty ways to break a token, each with a name of its own', () => {
  const labels = Object.values(breakages).map(({ label }) => label)
  expect(new Set(labels).size).toBe(labels.length)
  expect(labels.length).toBeGreaterThan(20)
})

test.each(Object.entries(finders) as [Breakage, string][])(
  'a token broken by %s fails at %s',
  async (breakage, check) => {
    const { key, claims, judge } = await setUp()
    const verdict = await judge(await breakTestToken(key, claims, breakage, now))
    expect(verdict).toMatchObject({ accepted: false, decisive: { id: check } })
  },
)

test('a sample is found for rules on nested claims, pointers, plain names and common patterns', async () => {
  const rules = [
    rule('aud', 'a'),
    rule('kubernetes.io.namespace', 'prod'),
    rule('/a~1b/c', 'x'),
    rule('https://example.com/role', 'ci'),
    rule('ref', 'refs/{heads,tags}/v?-[ab]*'),
    rule('not', '!main'),
    rule('__proto__', 'y'),
    rule('a.b', '1'),
    rule('a.c', '2'),
  ]
  const { key, claims, judge } = await setUp(rules)
  const { checks } = await judge(await signTestToken(key, stringifyJson(claims)))
  expect(checks.filter(({ status }) => status === 'fail')).toEqual([])
})

test('no rule, however odd, keeps a sample from being made', () => {
  const value = fc.string({ minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 5 }), (pairs) => {
      const rules = pairs.map(([path, pattern]) => rule(path, pattern))
      const trust = TrustPolicy.parse({ keys: [{ kind: 'static-pem', pem: '-' }], rules })
      const claims: JsonObject = sampleClaims(trust, now)
      expect(claims.exp).toBe(now + 300)
      expect(claimsProblem(stringifyJson(claims))).toBeNull()
    }),
  )
})

test('claims that are no JSON object, or have a member twice, are not signed and it is said why', () => {
  expect(claimsProblem('{"a":1')).toMatch(/JSON/)
  expect(claimsProblem('[1]')).toMatch(/object/)
  expect(claimsProblem('{"a":1,"a":2}')).toMatch(/twice/)
  expect(claimsProblem('{}')).toBeNull()
})
