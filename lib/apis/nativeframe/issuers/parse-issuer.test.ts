import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { parseJson } from '@/lib/trust/json/json'
import { parseIssuer, type Stored } from './parse-issuer'

const wrong = (sent: unknown, stored?: Stored) => {
  try {
    parseIssuer(sent, stored)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.kind).toBe('invalid')
    return error.fields.map(({ path, code }) => `${path.join('.')} ${code}`).sort()
  }
  return []
}

const ed25519 = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
const good = { iss: 'https://i.example', project: { id: 'p' }, JWKsURL: 'https://i.example/jwks' }

test('a good issuer is taken as it is', () => {
  const sent = { ...good, aud: ['a'], roles: ['r'], prm: 2n ** 64n - 1n, keys: [{ ...ed25519, kid: 'k' }] }
  expect(parseIssuer(sent)).toEqual(sent)
})

test('every wrong field is told at once', () => {
  const sent = {
    iss: 'https://other.example',
    project: { id: '', name: 'x' },
    JWKsURL: 'http://i.example/jwks',
    aud: ['a', 5],
    roles: 'r',
    prm: -1,
    internal: true,
    keys: [
      { ...ed25519, kid: 'k' },
      { ...ed25519, kid: 'k' },
      { kty: 'oct', k: 'c2VjcmV0' },
      { ...ed25519, d: 'AAAA' },
      null,
    ],
    jwksUrl: 'https://i.example',
  }
  expect(wrong(sent, { iss: 'https://i.example', internal: false, static: false })).toEqual([
    'JWKsURL https_required',
    'aud.1 invalid_type',
    'internal read_only_field',
    'iss iss_mismatch',
    'jwksUrl unknown_key',
    'keys.1.kid duplicate_kid',
    'keys.2 symmetric_key',
    'keys.3 private_key_material',
    'keys.4 invalid_type',
    'prm invalid_uint64',
    'project.id too_small',
    'project.name unknown_key',
    'roles invalid_type',
  ])
})

test('of the document’s own example, only what is no value of its type or cannot be set is wrong', () => {
  const example = {
    iss: 'string',
    project: { id: 'string' },
    JWKsURL: 'string',
    aud: ['string'],
    roles: ['string'],
    prm: 0,
    internal: true,
    static: true,
    keys: [null],
  }
  expect(wrong(example)).toEqual([
    'JWKsURL invalid_format',
    'internal read_only_field',
    'keys.0 invalid_type',
    'static read_only_field',
  ])
  const filledIn = { ...example, JWKsURL: good.JWKsURL, keys: [ed25519] }
  expect(wrong(filledIn, { internal: true, static: true })).toEqual([])
})

test('nothing at all lacks the issuer, the project and a source of keys', () => {
  expect(wrong({})).toEqual([
    'JWKsURL jwks_or_keys_required',
    'iss invalid_type',
    'keys jwks_or_keys_required',
    'project invalid_type',
  ])
})

test.each([[null], [[]], ['text'], [5]])('%o is no issuer', (sent) => {
  expect(wrong(sent)).toEqual([' invalid_type'])
})

describe('prm', () => {
  const read = (written: string) => {
    const parsed = parseJson(`{"prm":${written}}`, { wholeNumbers: true })
    if (!parsed.ok) throw new Error(parsed.message)
    return wrong({ ...good, ...(parsed.value as object) })
  }
  test.each(['0', '1', '18446744073709551615', '9007199254740993', '"18446744073709551615"', '"0"', 'null'])(
    '%s is taken',
    (written) => expect(read(written)).toEqual([]),
  )
  test.each([
    '1e3',
    '1.5',
    '1.0',
    '1e400',
    '-1',
    '18446744073709551616',
    `1${'0'.repeat(400)}`,
    '"0x10"',
    '"1e3"',
    '"-1"',
    '"01"',
    '" 1"',
    '""',
    '"18446744073709551616"',
    'true',
    'false',
    '[]',
    '[1]',
    '{}',
  ])('%s is refused', (written) => expect(read(written)).toEqual(['prm invalid_uint64']))
})

describe('a field that cannot be set', () => {
  const asStored = { iss: good.iss, internal: false, static: true }
  test.each([{}, { static: true }, { internal: false }, { internal: null, static: null }])('%o is fine', (more) => {
    expect(wrong({ ...good, ...more }, asStored)).toEqual([])
  })
  test('is refused where it says something else than is stored', () => {
    expect(wrong({ ...good, static: false, internal: true }, asStored)).toEqual([
      'internal read_only_field',
      'static read_only_field',
    ])
  })
})

describe('a key', () => {
  const p256 = { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU' }
  test.each([
    ['RSA 1024', { kty: 'RSA', n: `v${'A'.repeat(170)}`, e: 'AQAB' }, 'weak_key'],
    ['half a point', p256, 'malformed_key'],
    ['a curve for secrets', { kty: 'OKP', crv: 'X25519', x: ed25519.x }, 'unsupported_key'],
    ['a private RSA key', { kty: 'RSA', n: 'AQAB', e: 'AQAB', p: 'AQAB' }, 'private_key_material'],
    ['a shared secret', { kty: 'oct' }, 'symmetric_key'],
    ['an empty object', {}, 'malformed_key'],
  ])('%s is refused', (_, jwk, code) => {
    expect(wrong({ ...good, keys: [jwk] })).toEqual([`keys.0 ${code}`])
  })
  test('may go without a kid; a kid is text', () => {
    expect(wrong({ ...good, keys: [ed25519, { ...ed25519, kid: 'k' }] })).toEqual([])
    expect(wrong({ ...good, keys: [{ ...ed25519, kid: 5 }] })).toEqual(['keys.0.kid invalid_kid'])
    // A member that holds nothing says nothing (RFC 7517 §4).
    for (const kid of ['', null]) expect(wrong({ ...good, keys: [{ ...ed25519, kid }, ed25519] })).toEqual([])
  })
  test('is one of a hundred at most', () => {
    const keys = Array.from({ length: 101 }, (_, index) => ({ ...ed25519, kid: String(index) }))
    expect(wrong({ ...good, keys: keys.slice(0, 100) })).toEqual([])
    expect(wrong({ ...good, keys })).toEqual(['keys too_big'])
  })
})

describe('iss', () => {
  test.each([
    ['', 'iss too_small'],
    ['x'.repeat(501), 'iss too_big'],
    ['a\nb', 'iss custom'],
    ['id:6f1ed1a4-7d5c-4a55-9d0f-0a1b2c3d4e5f', 'iss custom'],
  ])('%j is refused', (iss, expected) => expect(wrong({ ...good, iss })).toEqual([expected]))
  test('differs from the path in case, a slash or a blank', () => {
    for (const iss of ['https://I.example', 'https://i.example/', ' https://i.example']) {
      expect(wrong({ ...good, iss }, { iss: good.iss, internal: false, static: false })).toEqual(['iss iss_mismatch'])
    }
  })
})
