import { expect, test } from 'vitest'
import { trustHref } from './trust-href'

test('every kind of trust has an editor, and one whose identity is gone has none', () => {
  expect(trustHref({ id: 't', kind: 'issuer', identityId: null })).toBe('/issuers/t')
  expect(trustHref({ id: 't', kind: 'sign-in', identityId: null })).toBe('/providers/t')
  expect(trustHref({ id: 't', kind: 'oidc', identityId: 'i' })).toBe('/identities/i/oidc-auth')
  expect(trustHref({ id: 't', kind: 'jwt', identityId: null })).toBeNull()
})
