import { expect, test } from 'vitest'
import { maskClaims } from '../mask-claims'
import { TrustPolicy } from '../policy'
import { claimsPass, judgeClaims } from './judge-claims'

const now = 1_780_000_000
const policy = TrustPolicy.parse({
  issuer: 'https://issuer.example',
  keys: [{ kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' }],
  rules: [
    { path: 'aud', matcher: { kind: 'equals-any', values: ['keybound'] } },
    { path: 'email', matcher: { kind: 'equals-any', values: ['ada@example.com'] } },
  ],
})
const claims = { iss: 'https://issuer.example', aud: 'keybound', email: 'ada@example.com', exp: now + 60, iat: now }

test('claims that fit pass, and are never accepted: nothing says who made them', () => {
  const verdict = judgeClaims(claims, policy, now)
  expect(claimsPass(verdict)).toBe(true)
  expect(verdict).toMatchObject({ accepted: false, decisive: null, grant: null, key: null })
  expect(verdict.checks.every(({ trusted }) => !trusted)).toBe(true)
  expect(verdict.checks.map(({ id }) => id)).not.toContain('signature')
})

test.each([
  ['iss', { iss: 'https://issuer.example/' }],
  ['aud', { aud: 'other' }],
  ['exp', { exp: now - 60 }],
  ['claim:email', { email: 'bob@example.com' }],
])('%s decides where it does not fit', (id, over) => {
  const verdict = judgeClaims({ ...claims, ...over }, policy, now)
  expect(verdict.decisive?.id).toBe(id)
  expect(claimsPass(verdict)).toBe(false)
})

test('a claim of which a masked value was kept is not judged, and the rest cannot be told to pass', () => {
  const kept = maskClaims(claims)
  expect(kept.email).not.toBe(claims.email)
  const verdict = judgeClaims(kept, policy, now)
  expect(verdict.checks.find(({ id }) => id === 'claim:email')).toMatchObject({ status: 'skipped' })
  expect(claimsPass(verdict)).toBeNull()
  expect(claimsPass(judgeClaims({ ...kept, aud: 'other' }, policy, now))).toBe(false)
})
