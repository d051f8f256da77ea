import { expect, test } from 'vitest'
import { trustHref } from './trust-href'

test('every kind of trust has an editor, and one whose identity is gone has none', () => {
  expect(trustHref({ id: 't', method: 'issuer', identityId: null })).toBe('/issuers/t')
  expect(trustHref({ id: 't', method: 'sign-in', identityId: null })).toBe('/providers/t')
  expect(trustHref({ id: 't', method: 'oidc', identityId: 'i' })).toBe('/identities/i/oidc-auth')
  expect(trustHref({ id: 't', method: 'jwt', identityId: null })).toBeNull()
})
