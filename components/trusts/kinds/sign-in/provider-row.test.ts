import { expect, test } from 'vitest'
import { switchedProvider } from '@/components/trusts/kinds/sign-in/switched-provider'
import type { StoredTrust } from '@/lib/client/trusts'
import { signIn } from '@/lib/trust/kinds'
import type { ClaimRule } from '@/lib/trust/policy'
import { TrustDraft } from '@/lib/trust/trust'
import { hasText, toProviderRow } from './provider-row'

const id = '00000000-0000-4000-8000-000000000001'

const stored = (changes: object = {}): StoredTrust => ({
  ...TrustDraft.parse({
    kind: 'sign-in',
    name: 'Portal',
    issuer: 'https://accounts.custom.com',
    keys: [{ kind: 'jwks-url', url: 'https://accounts.custom.com/keys', caCert: '' }],
    options: { owner: 'organization', jwtEndpoint: 'https://custom.com:8443/auth/jwt', role: 'auditor' },
  }),
  id,
  organizationId: id,
  version: 3,
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-02T00:00:00.000Z',
  ...changes,
})

const aud = (whenAbsent: 'refuse' | 'allow'): ClaimRule => ({
  path: 'aud',
  matcher: { kind: 'equals-any', values: ['keybound'] },
  whenAbsent,
})

test('a row names the host that people are sent to, with its port', () => {
  expect(toProviderRow(stored())).toMatchObject({
    name: 'Portal',
    issuer: 'https://accounts.custom.com',
    gatewayHost: 'custom.com:8443',
    owner: 'organization',
    role: 'auditor',
    isActive: true,
    isOffered: true,
  })
})

test('no audience is shown as none, and one that may be missing refuses no token', () => {
  expect(toProviderRow(stored()).audiences).toEqual([])
  expect(toProviderRow(stored({ rules: [aud('allow')] })).audiences).toEqual([])
  expect(toProviderRow(stored({ rules: [aud('refuse')] })).audiences).toEqual(['keybound'])
})

test('a provider that cannot be read is still listed, and is never sent back', () => {
  const unreadable = stored({ options: signIn.standInOptions, unreadable: ['options'] })
  expect(toProviderRow(unreadable)).toMatchObject({ id, gatewayHost: null })
  expect(switchedProvider(unreadable, false)).toBeNull()
  expect(switchedProvider(stored({ issuer: null }), false)).toBeNull()
})

test('search finds a part of name, issuer or gateway whatever its case, and an id only whole', () => {
  const row = toProviderRow(stored())
  for (const text of ['port', 'PORTAL', 'accounts.custom', 'custom.com:8443', ' portal ', id]) {
    expect(hasText(row, text), text).toBe(true)
  }
  for (const text of ['portals', 'example', id.slice(0, 8)]) expect(hasText(row, text), text).toBe(false)
})

test('activating and deactivating changes nothing else, and never names the owner', () => {
  const trust = stored({
    rules: [aud('refuse')],
    keyUse: { unnamed: 'only', staleSecondsMax: 60 },
    lifetime: { clockSkewSeconds: 7, expirySkewSeconds: 0, requireExpiry: true, tokenAgeSecondsMax: 60 },
  })
  const sent = switchedProvider(trust, false)
  const { name, issuer, keys, keyUse, algorithms, rules, lifetime, grant } = trust
  expect(sent).toMatchObject({ method: 'sign-in', enabled: false })
  expect(sent).toMatchObject({ name, issuer, keys, keyUse, algorithms, rules, lifetime, grant })
  expect(sent?.signIn).toEqual({
    jwtEndpoint: 'https://custom.com:8443/auth/jwt',
    headerName: '',
    isOffered: true,
    styling: 'unspecified',
    isLinkingAllowed: false,
    isCreationAllowed: false,
    isAutoCreation: false,
    isAutoUpdate: false,
    autoLinking: 'unspecified',
    role: 'auditor',
  })
})
