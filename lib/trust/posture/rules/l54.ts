import { readJwk } from '../../keys/jwk'
import { definePostureRule } from '../rule'

export const l54 = definePostureRule({
  id: 'L54',
  severity: 'medium',
  title: 'No published key can verify a token',
  why: 'Some issuers sign with a shared secret (HS256), or with a key that they do not publish. Their tokens cannot be verified by another party, and people then switch verification off.',
  opens: 'No login at all; and a temptation to accept tokens unverified.',
  remedy:
    'Switch the issuer to asymmetric keys: Supabase projects to JWT signing keys, Okta to a custom authorization server.',
  sources: ['Supabase: JWT signing keys', 'Okta: tokens of the org authorization server are opaque'],
  needs: ['keysInEffect'],
  find: ({ policy, keysInEffect }) =>
    keysInEffect.flatMap(({ source, set }) => {
      const keys = set.keys ?? []
      if (policy.keys[source] === undefined || keys.length === 0) return []
      const readings = keys.map((jwk) => readJwk(jwk))
      if (readings.some((reading) => reading.ok)) return []
      const isShared = readings.every((reading) => !reading.ok && reading.code === 'symmetric_key')
      const message = isShared
        ? 'The source publishes shared secrets alone (HS256).'
        : `None of the ${keys.length} published keys can verify: ${readings.flatMap((reading) => (reading.ok ? [] : [reading.message]))[0]}`
      return [{ path: ['keys', source], message }]
    }),
})
