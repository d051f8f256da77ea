import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { webUrl } from '@/e2e/fixtures/web-url'
import { AppError } from '@/lib/errors'
import { InactiveKeys } from '@/lib/trust/kinds/jwt-auth'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { toChangedDraft, toDraft, toWire } from './mapper'
import { JwtAuthInput } from './wire'

const identityId = '6b1f2d6e-0f52-4c8e-9b8f-2a8c5f3a1d11'
const jwksUrl = 'https://issuer.example/keys'

/** As the database gives it back. */
const stored = (draft: ReturnType<typeof toDraft>, version = 1): Trust => ({
  ...TrustDraft.parse(JSON.parse(JSON.stringify(draft))),
  id: '0d3a8c5e-9d53-4f0e-8f35-0e6ad5d5a7b3',
  organizationId: '5c0c3d1e-5d0f-4a35-a6f5-2f4c1b4a9e10',
  version,
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
  updatedAt: new Date('2026-01-02T03:04:06.789Z'),
})
const attach = (sent: object) => stored(toDraft(identityId, 'runner', JwtAuthInput.parse(sent)))
const change = (before: Trust, sent: object) => {
  const draft = toChangedDraft(before, JwtAuthInput.parse(sent))
  if (!draft) throw new TypeError('this API cannot represent the trust')
  return stored(draft, before.version + 1)
}

/** The defaults of docs/apis/infisical.md, as they are answered. */
const defaults = {
  jwksUrl: '',
  jwksCaCert: '',
  publicKeys: [],
  boundIssuer: '',
  boundAudiences: '',
  boundClaims: {},
  boundSubject: '',
  accessTokenTTL: 2_592_000,
  accessTokenMaxTTL: 2_592_000,
  accessTokenNumUsesLimit: 0,
  accessTokenTrustedIps: [{ ipAddress: '0.0.0.0/0' }, { ipAddress: '::/0' }],
}

/** What was answered, as a client would send it again: addresses back in one text. */
function asSent(trust: Trust) {
  const wire = toWire(trust)
  if (!wire) return null
  const { id, identityId, accessTokenPeriod, createdAt, updatedAt, accessTokenTrustedIps, ...rest } = wire
  const written = accessTokenTrustedIps.map(({ ipAddress, prefix }) => ({
    ipAddress: prefix === undefined ? ipAddress : `${ipAddress}/${prefix}`,
  }))
  return { ...rest, accessTokenTrustedIps: written }
}

const word = fc.stringMatching(/^[a-z0-9:/.*?-]{1,12}$/)
const escaped = fc.constantFrom('CN=a\\,O=b', '{a\\,b,c}', 'a\\{b', 'a\\\\', '\\*\\,')
const list = fc
  .array(fc.oneof({ weight: 4, arbitrary: word }, escaped), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(', '))
const claimName = fc
  .stringMatching(/^[a-zA-Z_./-]{1,12}$/)
  .filter((name) => !['aud', 'sub', '__proto__'].includes(name) && name.trim() === name)
const address = fc.constantFrom('10.0.0.0/8', '192.0.2.7', '::/0', '2001:db8::1', '2001:db8::/32')

const bindings = {
  boundIssuer: fc.oneof(fc.constant(''), webUrl()),
  boundAudiences: fc.oneof(fc.constant(''), list),
  boundSubject: fc.oneof(fc.constant(''), word),
  boundClaims: fc.dictionary(claimName, list, { maxKeys: 5, noNullPrototype: true }),
  accessTokenTrustedIps: fc.array(
    address.map((ipAddress) => ({ ipAddress })),
    { minLength: 1, maxLength: 4 },
  ),
  accessTokenTTL: fc.integer({ min: 0, max: 315_360_000 }),
  accessTokenMaxTTL: fc.integer({ min: 0, max: 315_360_000 }),
  accessTokenNumUsesLimit: fc.integer({ min: 0, max: 1000 }),
}
const keyFields = fc.oneof(
  fc.record({
    configurationType: fc.constant('jwks'),
    jwksUrl: fc.constant(jwksUrl),
    jwksCaCert: fc.constantFrom('', 'PEM'),
  }),
  fc.record({
    configurationType: fc.constant('static'),
    publicKeys: fc.array(fc.constantFrom('PEM one', 'PEM two'), { minLength: 1, maxLength: 3 }),
  }),
)
const input = fc
  .tuple(keyFields, fc.record(bindings, { requiredKeys: [] }))
  .map(([keys, rest]) => ({ ...keys, ...rest }))

describe('the mapper’s round trip', () => {
  test('a created trust is answered as sent, with the defaults filled in', () => {
    fc.assert(
      fc.property(input, (sent) => {
        expect(asSent(attach(sent))).toEqual({ ...defaults, ...sent })
      }),
    )
  })

  test('an update changes what it names, and nothing that it omits', () => {
    fc.assert(
      fc.property(input, fc.record(bindings, { requiredKeys: [] }), (sent, patch) => {
        expect(asSent(change(attach(sent), patch))).toEqual({ ...defaults, ...sent, ...patch })
      }),
    )
  })

  test('an update with what was answered changes nothing', () => {
    fc.assert(
      fc.property(input, (sent) => {
        const before = attach(sent)
        expect(toWire(change(before, asSent(before) ?? {}))).toEqual(toWire(before))
      }),
    )
  })

  test('an update keeps what this API cannot represent', () => {
    const before: Trust = {
      ...attach({ jwksUrl }),
      enabled: false,
      algorithms: ['ES256'],
      lifetime: { clockSkewSeconds: 30, expirySkewSeconds: 20, requireExpiry: true, tokenAgeSecondsMax: 600 },
    }
    const { enabled, algorithms, lifetime, options } = change(before, { boundSubject: 'x' })
    expect({ enabled, algorithms, lifetime, options }).toEqual({
      enabled: before.enabled,
      algorithms: before.algorithms,
      lifetime: before.lifetime,
      options: before.options,
    })
  })
})

describe('fields of the inactive type', () => {
  const ca = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'

  test('are kept and answered, and are no key source', () => {
    const fixed = attach({ configurationType: 'static', publicKeys: ['PEM'], jwksUrl, jwksCaCert: ca })
    expect(fixed.keys).toEqual([{ kind: 'static-pem', pem: 'PEM' }])
    expect(asSent(fixed)).toMatchObject({ jwksUrl, jwksCaCert: ca, publicKeys: ['PEM'] })
    const fetched = attach({ configurationType: 'jwks', jwksUrl, publicKeys: ['PEM'] })
    expect(fetched.keys).toEqual([{ kind: 'jwks-url', url: jwksUrl, caCert: '' }])
    expect(asSent(fetched)).toMatchObject({ jwksUrl, publicKeys: ['PEM'] })
  })

  test('survive a switch that sends them, as Terraform does, and an update without them', () => {
    const before = attach({ configurationType: 'jwks', jwksUrl, jwksCaCert: ca })
    const switched = change(before, { configurationType: 'static', publicKeys: ['PEM'], jwksUrl, jwksCaCert: ca })
    expect(asSent(change(switched, { boundSubject: 'x' }))).toMatchObject({
      jwksUrl,
      jwksCaCert: ca,
      boundSubject: 'x',
    })
    const back = change(switched, { configurationType: 'jwks', jwksUrl, publicKeys: ['PEM'] })
    expect(asSent(back)).toMatchObject({ configurationType: 'jwks', jwksUrl, jwksCaCert: '', publicKeys: ['PEM'] })
  })

  test('are dropped by a switch without them', () => {
    const fixed = change(attach({ jwksUrl, jwksCaCert: ca }), { publicKeys: ['PEM'] })
    expect(asSent(fixed)).toMatchObject({ configurationType: 'static', jwksUrl: '', jwksCaCert: '' })
    expect(fixed.options).toEqual({ inactiveKeys: null })
  })

  test('are no fallback: a switch needs the key field in the request', () => {
    const fixed = attach({ configurationType: 'static', publicKeys: ['PEM'], jwksUrl })
    expect(() => change(fixed, { configurationType: 'jwks' })).toThrow(AppError)
  })

  test('may not be a private key', () => {
    const key =
      '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQ==\n-----END PRIVATE KEY-----'
    expect(InactiveKeys.safeParse({ publicKeys: [key] }).success).toBe(false)
  })
})

describe('text', () => {
  const pem = '\r\n-----BEGIN PUBLIC KEY-----\n  MFkw\n-----END PUBLIC KEY-----\n\n'

  test('comes back byte for byte, with the line end that a file ends in', () => {
    expect(asSent(attach({ publicKeys: [pem] }))).toMatchObject({ publicKeys: [pem] })
    expect(asSent(attach({ jwksUrl, jwksCaCert: pem }))).toMatchObject({ jwksCaCert: pem })
    const other = attach({ configurationType: 'jwks', jwksUrl, publicKeys: [pem] })
    expect(asSent(other)).toMatchObject({ publicKeys: [pem] })
  })
})

describe('the configuration type', () => {
  const typeOf = (sent: object) => toWire(attach(sent))?.configurationType

  test('follows from the key field', () => {
    expect(typeOf({ jwksUrl })).toBe('jwks')
    expect(typeOf({ jwksUrl, publicKeys: [] })).toBe('jwks')
    expect(typeOf({ publicKeys: ['PEM'], jwksUrl: '' })).toBe('static')
    expect(typeOf({ configurationType: 'static', publicKeys: ['PEM'], jwksUrl })).toBe('static')
  })

  const fieldsOf = (act: () => unknown) => {
    try {
      act()
    } catch (error) {
      if (error instanceof AppError) return { kind: error.kind, paths: error.fields.map(({ path }) => path.join('.')) }
      throw error
    }
    return null
  }

  test('is a wrong field with both or neither', () => {
    const wrong = { kind: 'invalid', paths: ['configurationType'] }
    expect(fieldsOf(() => attach({}))).toEqual(wrong)
    expect(fieldsOf(() => attach({ jwksUrl, publicKeys: ['PEM'] }))).toEqual(wrong)
    expect(fieldsOf(() => change(attach({ jwksUrl }), { jwksUrl, publicKeys: ['PEM'] }))).toEqual(wrong)
  })

  test('needs the new type’s key field to change', () => {
    const wrong = (paths: string[]) => ({ kind: 'invalid', paths })
    expect(fieldsOf(() => change(attach({ jwksUrl }), { configurationType: 'static' }))).toEqual(wrong(['publicKeys']))
    const fixed = attach({ publicKeys: ['PEM'] })
    expect(fieldsOf(() => change(fixed, { configurationType: 'jwks' }))).toEqual(wrong(['jwksUrl']))
    expect(asSent(change(fixed, { jwksUrl }))).toEqual({ ...defaults, configurationType: 'jwks', jwksUrl })
  })
})

describe('the subject', () => {
  test('is bound by boundSubject alone, or by several values among the claims, never by both', () => {
    const several = attach({ jwksUrl, boundClaims: { sub: 'a, b' } })
    expect(asSent(several)).toMatchObject({ boundSubject: '', boundClaims: { sub: 'a, b' } })
    expect(() => change(several, { boundSubject: 'c' })).toThrow(AppError)
    expect(() => attach({ jwksUrl, boundSubject: 'c', boundClaims: { sub: 'a, b' } })).toThrow(AppError)
    expect(() => attach({ jwksUrl, boundClaims: { sub: 'a' } })).toThrow()
    expect(() => attach({ jwksUrl, boundClaims: { aud: 'a, b' } })).toThrow()
  })

  test('with a comma is one value', () => {
    expect(asSent(attach({ jwksUrl, boundSubject: 'CN=a, O=b' }))).toMatchObject({ boundSubject: 'CN=a, O=b' })
  })
})

describe('a trust that this API cannot represent', () => {
  const trust = attach({ publicKeys: ['PEM'] })
  const unrepresentable: [string, object][] = [
    ['another kind', { kind: 'oidc', options: {} }],
    ['no identity', { identityId: null }],
    ['two kinds of sources', { keys: [...trust.keys, { kind: 'jwks-url', url: jwksUrl, caCert: '' }] }],
    ['two URLs', { keys: [1, 2].map(() => ({ kind: 'jwks-url' as const, url: jwksUrl, caCert: '' })) }],
    ['a JSON Web Key', { keys: [{ kind: 'inline-jwk', jwk: { kty: 'OKP' } }] }],
    [
      'another matcher',
      { rules: [{ path: 'a', matcher: { kind: 'equals-any', values: ['b'] }, whenAbsent: 'refuse' }] },
    ],
    ['absence allowed', { rules: [{ path: 'a', matcher: { kind: 'glob-any', values: ['b'] }, whenAbsent: 'allow' }] }],
    ['mapped claims', { grant: { ...trust.grant, metadata: { team: 'team' } } }],
  ]
  test.each(unrepresentable)('is null: %s', (_, more) => {
    expect(toWire({ ...trust, ...more } as Trust)).toBeNull()
    if (!('identityId' in more)) expect(toChangedDraft({ ...trust, ...more } as Trust, {})).toBeNull()
  })

  test('a value with blanks at its ends is null, one with a comma is escaped', () => {
    const rule = (value: string) => ({
      path: 'role',
      matcher: { kind: 'glob-any' as const, values: [value, 'c'] },
      whenAbsent: 'refuse' as const,
    })
    expect(toWire({ ...trust, rules: [rule('a ')] })).toBeNull()
    expect(toWire({ ...trust, rules: [rule('a, b')] })?.boundClaims).toEqual({ role: 'a\\, b, c' })
  })
})
