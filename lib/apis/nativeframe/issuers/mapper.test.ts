import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toTrust, toTrustColumns } from '@/lib/db/trust-row'
import { parseJson } from '@/lib/trust/json/json'
import { jsonText } from '@/lib/trust/json/json-text'
import { uint64Max } from '@/lib/trust/json/uint64'
import { type Trust, TrustDraft } from '@/lib/trust/trust'
import { toDraft, toReplacedDraft, toWire } from './mapper'
import { IssuerInput } from './wire'

const stored = (draft: unknown): Trust =>
  toTrust({
    ...toTrustColumns(TrustDraft.parse(draft)),
    id: '6f1ed1a4-7d5c-4a55-9d0f-0a1b2c3d4e5f',
    organizationId: '6f1ed1a4-7d5c-4a55-9d0f-0a1b2c3d4e50',
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
  })

/** Through text as over the wire, and through the row. */
const throughEverything = (sent: unknown) => {
  const parsed = parseJson(jsonText(sent), { wholeNumbers: true })
  if (!parsed.ok) throw new Error(parsed.message)
  return toWire(stored(toDraft(IssuerInput.parse(parsed.value))))
}

const defaults = { JWKsURL: '', aud: [], roles: [], prm: 0n, internal: false, static: false, keys: [] }
const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
const plain = { iss: 'https://i.example/a', project: { id: 'p' }, keys: [key] }

const text = fc.string({ minLength: 1, maxLength: 20 }).filter((value) => !/\p{Cc}/u.test(value))
const prm = fc.oneof(
  fc.bigInt({ min: 0n, max: uint64Max }),
  fc.constantFrom(0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, uint64Max),
)
const issuer = fc.record(
  {
    iss: text.filter((iss) => !iss.startsWith('id:')),
    project: fc.record({ id: text }),
    JWKsURL: fc.constantFrom('', 'https://i.example/jwks', 'https://i.example/jwks?a=b#c'),
    aud: fc.array(text, { maxLength: 4 }),
    roles: fc.array(text, { maxLength: 4 }),
    prm,
    keys: fc.array(
      text.map((kid) => ({ ...key, kid })),
      { maxLength: 4 },
    ),
    internal: fc.constant(false),
    static: fc.constant(false),
  },
  { requiredKeys: ['iss', 'project', 'JWKsURL'] },
)

test('sent fields are answered with defaults filled in, through text and row', () => {
  fc.assert(
    fc.property(issuer, (sent) => {
      fc.pre(sent.JWKsURL !== '' || (sent.keys?.length ?? 0) > 0)
      expect(throughEverything(sent)).toEqual({ ...defaults, ...sent })
    }),
  )
})

test('an answer can be sent back, and means the same', () => {
  fc.assert(
    fc.property(issuer, (sent) => {
      fc.pre(sent.JWKsURL !== '' || (sent.keys?.length ?? 0) > 0)
      const answered = throughEverything(sent)
      expect(throughEverything(answered)).toEqual(answered)
    }),
  )
})

test('every prm from 0 to 2^64−1 is stored and answered exactly, sent as an integer or as text', () => {
  fc.assert(
    fc.property(prm, (value) => {
      for (const written of [String(value), `"${value}"`]) {
        const parsed = parseJson(`{"iss":"i","project":{"id":"p"},"JWKsURL":"https://i/jwks","prm":${written}}`)
        if (!parsed.ok) throw new Error(parsed.message)
        const answered = jsonText(toWire(stored(toDraft(IssuerInput.parse(parsed.value)))))
        expect(answered).toContain(`"prm":${value},`)
      }
    }),
  )
})

test.each([{}, { prm: 0 }, { prm: null }, { prm: '0' }, { prm: -0 }])('%o sets no rule on prm', (sent) => {
  expect(toDraft(IssuerInput.parse({ ...plain, ...sent })).rules).toEqual([])
  expect(throughEverything({ ...plain, ...sent })).toEqual({ ...defaults, ...plain })
})

test('Go’s empty values mean absence', () => {
  const go = { ...plain, JWKsURL: '', aud: null, roles: null, prm: 0, internal: false, static: false }
  expect(throughEverything(go)).toEqual(throughEverything(plain))
})

describe('a replacement', () => {
  const before = stored({
    ...toDraft(IssuerInput.parse({ ...plain, aud: ['a'], roles: ['r'], prm: 5 })),
    enabled: false,
    lifetime: { clockSkewSeconds: 30 },
  })
  test('empties what is absent', () => {
    expect(toWire(stored(toReplacedDraft(before, IssuerInput.parse(plain))))).toEqual({ ...defaults, ...plain })
  })
  test('keeps what this API cannot represent', () => {
    const after = stored(toReplacedDraft(before, IssuerInput.parse({ ...plain, project: { id: 'q' } })))
    expect(after).toMatchObject({ enabled: false, lifetime: { clockSkewSeconds: 30 }, keyUse: { unnamed: 'only' } })
    expect(toWire(after)?.project).toEqual({ id: 'q' })
  })
})

describe('a trust that this API cannot represent is null', () => {
  const draft = toDraft(IssuerInput.parse(plain))
  const rule = (path: string, matcher: object, whenAbsent: string) => ({ rules: [{ path, matcher, whenAbsent }] })
  test.each([
    ['another kind', { kind: 'sign-in', options: { jwtEndpoint: 'https://gateway.example/jwt' } }],
    ['a PEM', { keys: [{ kind: 'static-pem', pem: 'x' }] }],
    ['a URL after keys', { keys: [...draft.keys, { kind: 'jwks-url', url: 'https://i/jwks' }] }],
    ['a CA of its own', { keys: [{ kind: 'jwks-url', url: 'https://i/jwks', caCert: 'x' }] }],
    ['a rule on another claim', rule('sub', { kind: 'equals-any', values: ['a'] }, 'refuse')],
    ['another matcher', rule('aud', { kind: 'glob-any', values: ['a'] }, 'refuse')],
    ['another meaning of absence', rule('roles', { kind: 'subset-of', values: ['a'] }, 'refuse')],
    ['a mask that permits nothing', rule('prm', { kind: 'within-bitmask', mask: '0' }, 'allow')],
    ['no project', { options: {} }],
  ])('%s', (_, more) => {
    expect(toWire(stored({ ...draft, ...more }))).toBeNull()
  })
})
