import { expect, test } from 'vitest'
import type { StoredTrust } from '@/lib/client/trusts'
import type { ClaimRule } from '@/lib/trust/policy'
import { TrustDraft } from '@/lib/trust/trust'
import { hasText, toIssuerRow } from './issuer-row'

const id = '00000000-0000-4000-8000-000000000001'

const stored = (changes: object = {}): StoredTrust => ({
  ...TrustDraft.parse({
    kind: 'issuer',
    name: 'https://issuer.example',
    issuer: 'https://Issuer.example',
    keys: [{ kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' }],
    options: { project: 'Video' },
  }),
  id,
  organizationId: id,
  version: 3,
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-02T00:00:00.000Z',
  ...changes,
})

const rule = (path: string, matcher: ClaimRule['matcher'], whenAbsent: 'refuse' | 'allow' = 'allow'): ClaimRule => ({
  path,
  matcher,
  whenAbsent,
})

test('an issuer without rules is shown as one that allows everything', () => {
  expect(toIssuerRow(stored())).toEqual({
    id,
    issuer: 'https://Issuer.example',
    project: 'Video',
    urls: 1,
    supplied: 0,
    audiences: [],
    roles: null,
    prm: null,
    isBroken: false,
    isEnabled: true,
    fixed: null,
    updatedAt: '2026-11-02T00:00:00.000Z',
  })
})

test('roles and permissions are the limits, the mask to its last bit', () => {
  const rules = [
    rule('aud', { kind: 'equals-any', values: ['a', 'b'] }, 'refuse'),
    rule('roles', { kind: 'subset-of', values: ['viewer'] }),
    rule('prm', { kind: 'within-bitmask', mask: '18446744073709551615' }),
  ]
  expect(toIssuerRow(stored({ rules }))).toMatchObject({
    audiences: ['a', 'b'],
    roles: ['viewer'],
    prm: 2n ** 64n - 1n,
  })
})

test('an empty list of roles allows none, and an audience that a token may leave out is not listed', () => {
  const rules = [
    rule('roles', { kind: 'subset-of', values: [] }),
    rule('aud', { kind: 'equals-any', values: ['a'] }, 'allow'),
  ]
  expect(toIssuerRow(stored({ rules }))).toMatchObject({ roles: [], audiences: [] })
})

test('keys are counted by where they come from', () => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
  const keys: StoredTrust['keys'] = [
    { kind: 'jwks-url', url: 'https://issuer.example/jwks', caCert: '' },
    { kind: 'inline-jwk', jwk: { ...jwk, kid: 'a' } },
    { kind: 'inline-jwk', jwk },
  ]
  expect(toIssuerRow(stored({ keys }))).toMatchObject({ urls: 1, supplied: 2 })
})

test('an issuer that cannot be changed here says why, and an unreadable one is still listed', () => {
  const marked = (options: object) =>
    toIssuerRow(stored({ options: { project: 'edge', internal: false, static: false, ...options } }))
  expect(marked({ static: true, internal: true }).fixed).toBe('static')
  expect(marked({ internal: true }).fixed).toBe('internal')
  expect(toIssuerRow(stored({ options: { project: null, internal: false, static: false } }))).toMatchObject({
    id,
    project: null,
    fixed: null,
  })
})

test('search finds a part of issuer or project whatever its case, and an id only whole', () => {
  const row = toIssuerRow(stored())
  for (const text of ['ISSUER', 'issuer.ex', 'vid', ' Video ', id]) expect(hasText(row, text), text).toBe(true)
  for (const text of ['videos', 'https://other', id.slice(0, 8)]) expect(hasText(row, text), text).toBe(false)
})
