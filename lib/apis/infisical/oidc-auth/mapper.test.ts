import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { toChangedDraft, toDraft, toWire } from './mapper'
import { OidcAuthAttach, OidcAuthUpdate } from './wire'

const stored = (draft: ReturnType<typeof toDraft>): Trust => ({
  ...TrustDraft.parse(JSON.parse(JSON.stringify(draft))),
  id: '0d3a8c5e-9d53-4f0e-8f35-0e6ad5d5a7b3',
  organizationId: '5c0c3d1e-5d0f-4a35-a6f5-2f4c1b4a9e10',
  version: 1,
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
  updatedAt: new Date('2026-01-02T03:04:06.789Z'),
})
const attach = (sent: object) =>
  stored(toDraft('6b1f2d6e-0f52-4c8e-9b8f-2a8c5f3a1d11', 'runner', OidcAuthAttach.parse(sent)))

const least = { oidcDiscoveryUrl: 'https://issuer.example', boundIssuer: 'https://issuer.example', boundClaims: {} }
const defaults = {
  caCert: '',
  boundAudiences: '',
  boundSubject: '',
  accessTokenTTL: 2_592_000,
  accessTokenMaxTTL: 2_592_000,
  accessTokenNumUsesLimit: 0,
}

const more = {
  caCert: fc.constantFrom('', 'PEM'),
  boundAudiences: fc.constantFrom('', 'a', 'a, b'),
  boundSubject: fc.constantFrom('', 'repo:acme/*'),
  boundClaims: fc.constantFrom({}, { repository: 'acme/site', 'https://x.example/y': 'z' }),
  claimMetadataMapping: fc.constantFrom({ team: 'nested.team' }, { a: 'b', c: 'd' }),
  accessTokenTTL: fc.integer({ min: 1, max: 315_359_999 }),
  accessTokenMaxTTL: fc.integer({ min: 1, max: 315_359_999 }),
  accessTokenNumUsesLimit: fc.nat(1000),
}
const some = fc.record(more, { requiredKeys: [] })

test('a created trust is answered as sent, with the defaults filled in', () => {
  fc.assert(
    fc.property(some, (sent) => {
      expect(toWire(attach({ ...least, ...sent }))).toMatchObject({ ...least, ...defaults, ...sent })
    }),
  )
})

test('an update changes what it names, and nothing that it omits', () => {
  fc.assert(
    fc.property(some, some, (sent, patch) => {
      const before = attach({ ...least, ...sent })
      const draft = toChangedDraft(before, OidcAuthUpdate.parse(patch))
      const after = draft && toWire(stored(draft))
      expect(after).toMatchObject({ ...least, ...defaults, ...sent, ...patch })
    }),
  )
})

test('a trust of another kind is null', () => {
  expect(toWire({ ...attach(least), kind: 'jwt', options: { inactiveKeys: null } })).toBeNull()
})
