import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { fromAddJwtIdp, fromAddJwtProvider, isSame, withJwtConfig, withProvider } from './idp'
import { toDraft, toIdp, toLegacy, toProvider } from './mapper'
import { requests } from './wire'

const sent = requests('admin')
const config = {
  jwtEndpoint: 'https://custom.com/auth/jwt',
  issuer: 'https://accounts.custom.com',
  keysEndpoint: 'https://accounts.custom.com/keys',
  headerName: 'x-auth-token',
}

const stored = (draft: object): Trust => ({
  ...TrustDraft.parse(draft),
  id: '3f0a1f7e-5d0c-4f5c-9c53-1f2c5a6b7d8e',
  organizationId: '0b5c2d3e-1111-4222-8333-444455556666',
  version: 1,
  sequence: '18446744073709551615',
  createdAt: new Date('2024-04-08T09:12:38.787Z'),
  updatedAt: new Date('2024-04-08T09:12:39.000Z'),
})

const text = fc.stringMatching(/^[a-z0-9]{1,20}$/)
const address = text.map((path) => `https://example.com/${path}`)
const four = { issuer: text, jwtEndpoint: address, keysEndpoint: address, headerName: fc.oneof(text, fc.constant('')) }
const legacyRequest = fc.record({
  ...four,
  name: text,
  stylingType: fc.constantFrom(0, 1, 'STYLING_TYPE_GOOGLE'),
  autoRegister: fc.boolean(),
})
const options = fc.record({
  isLinkingAllowed: fc.boolean(),
  isCreationAllowed: fc.boolean(),
  isAutoCreation: fc.boolean(),
  isAutoUpdate: fc.boolean(),
  autoLinking: fc.constantFrom(0, 1, 2),
})
const templateRequest = fc.record(
  { ...four, name: text, audience: text, providerOptions: options },
  { requiredKeys: ['issuer', 'jwtEndpoint', 'keysEndpoint', 'name'] },
)

describe('law: what is stored says what was sent, defaults filled', () => {
  test('legacy', () => {
    fc.assert(
      fc.property(legacyRequest, (body) => {
        const idp = fromAddJwtIdp('admin', sent.addJwtIdp.parse(body))
        expect(toIdp(stored(toDraft(idp, null)))).toEqual(idp)
      }),
    )
  })

  test('template', () => {
    fc.assert(
      fc.property(templateRequest, (body) => {
        const request = sent.addJwtProvider.parse(body)
        const idp = fromAddJwtProvider('management', request)
        const back = toIdp(stored(toDraft(idp, null)))!
        expect(back).toEqual(idp)
        expect(isSame(withProvider(back, request), back)).toBe(true)
      }),
    )
  })
})

const legacy = (more: Record<string, unknown> = {}) =>
  fromAddJwtIdp('admin', sent.addJwtIdp.parse({ name: 'demo', ...config, ...more }))

test('a new trust demands a subject, an expiry and an age of at most an hour, with 30 s for the clocks', () => {
  expect(toDraft(legacy(), null)).toMatchObject({
    kind: 'sign-in',
    issuer: config.issuer,
    keys: [{ kind: 'jwks-url', url: config.keysEndpoint }],
    rules: [{ path: 'sub', matcher: { kind: 'glob-any', values: ['*'] }, whenAbsent: 'refuse' }],
    lifetime: { clockSkewSeconds: 30, expirySkewSeconds: 0, requireExpiry: true, tokenAgeSecondsMax: 3600 },
    options: { role: 'no-access', owner: 'system' },
  })
})

test('an update of the four values keeps what this API cannot represent', () => {
  const before = stored({
    ...toDraft(legacy(), null),
    lifetime: { clockSkewSeconds: 3, requireExpiry: true, tokenAgeSecondsMax: 60 },
    algorithms: ['ES256'],
    rules: [
      { path: 'hd', matcher: { kind: 'equals-any', values: ['custom.com'] } },
      { path: 'aud', matcher: { kind: 'equals-any', values: ['keybound'] } },
    ],
  })
  const after = stored(toDraft(withJwtConfig(toIdp(before)!, { ...config, issuer: 'https://new.example' }), before))
  expect({ ...after, rules: null, issuer: null }).toEqual({ ...before, rules: null, issuer: null })
  expect(after.issuer).toBe('https://new.example')
  expect(after.rules).toHaveLength(2)
  expect(after.rules).toEqual(expect.arrayContaining(before.rules))
})

test('a sequence of 64 bits stays exact, and all four details are there', () => {
  expect(toLegacy(stored(toDraft(legacy(), null)))?.details).toEqual({
    sequence: '18446744073709551615',
    creationDate: '2024-04-08T09:12:38.787Z',
    changeDate: '2024-04-08T09:12:39.000Z',
    resourceOwner: '0b5c2d3e-1111-4222-8333-444455556666',
  })
})

describe('a trust that this API cannot represent is null', () => {
  const base = toDraft(legacy(), null)
  test.each([
    ['two audiences', { rules: [{ path: 'aud', matcher: { kind: 'equals-any' as const, values: ['a', 'b'] } }] }],
    [
      'an audience that may be missing',
      {
        rules: [{ path: 'aud', matcher: { kind: 'equals-any' as const, values: ['a'] }, whenAbsent: 'allow' as const }],
      },
    ],
    ['two key sources', { keys: [...base.keys, ...base.keys] }],
    ['another kind of source', { keys: [{ kind: 'oidc-discovery' as const, url: 'https://x.example', caCert: '' }] }],
    ['no issuer', { issuer: null }],
    ['another kind', { kind: 'issuer' as const, options: {} }],
  ])('%s', (_, change) => {
    const trust = stored({ ...base, ...change })
    expect(toIdp(trust)).toBeNull()
    expect(toLegacy(trust)).toBeNull()
    expect(toProvider(trust)).toBeNull()
  })
})

describe('lengths are counted in code points', () => {
  const parsed = (issuer: string) => sent.updateJwtConfig.safeParse({ ...config, issuer }).success
  test.each([
    ['😀'.repeat(200), true],
    ['😀'.repeat(201), false],
    ['', false],
    [' ', true],
  ])('%#', (issuer, expected) => expect(parsed(issuer)).toBe(expected))
})
