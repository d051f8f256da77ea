import { expect, test } from 'vitest'
import { TrustDraft } from '@/lib/trust/trust'
import { toTrust, toTrustColumns } from './trust-row'

const draft = TrustDraft.parse({
  kind: 'jwt',
  name: 'a',
  keys: [{ kind: 'jwks-url', url: 'https://issuer.example/jwks' }],
})
const at = new Date(0)
const read = (lifetime: object) =>
  toTrust({
    ...toTrustColumns(draft),
    id: '00000000-0000-4000-8000-000000000001',
    organizationId: '00000000-0000-4000-8000-000000000002',
    version: 1,
    createdAt: at,
    updatedAt: at,
    lifetime: JSON.stringify(lifetime),
  }).lifetime

const rest = { requireExpiry: true, tokenAgeSecondsMax: null }

test('a skew that a row of an earlier version set goes on to hold for everything', () => {
  expect(read({ clockSkewSeconds: 45, ...rest })).toEqual({ clockSkewSeconds: 45, expirySkewSeconds: 45, ...rest })
})

test('the old default of no skew becomes the default of now, and exp stays strict', () => {
  expect(read({ clockSkewSeconds: 0, ...rest })).toEqual({ clockSkewSeconds: 30, expirySkewSeconds: 0, ...rest })
})

test('rows stored by this version stay unchanged', () => {
  const stored = { clockSkewSeconds: 0, expirySkewSeconds: 0, ...rest }
  expect(read(stored)).toEqual(stored)
})
