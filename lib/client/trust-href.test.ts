import { expect, test } from 'vitest'
import { identityKindAt, trustHref } from './trust-href'

test('every kind of trust has an editor, and one whose identity is gone has none', () => {
  expect(trustHref({ id: 't', kind: 'issuer', identityId: null })).toBe('/issuers/t')
  expect(trustHref({ id: 't', kind: 'sign-in', identityId: null })).toBe('/providers/t')
  expect(trustHref({ id: 't', kind: 'oidc', identityId: 'i' })).toBe('/identities/i/oidc-auth')
  expect(trustHref({ id: 't', kind: 'jwt', identityId: null })).toBeNull()
})

test('a page of an identity leads to its kind of trust, and another path to none', () => {
  expect(identityKindAt('/identities/i/oidc-auth', 'i')).toBe('oidc')
  for (const path of ['/identities/i/issuer', '/identities/i/saml-auth', '/identities/i/', '/issuers/i']) {
    expect(identityKindAt(path, 'i'), path).toBeNull()
  }
})
