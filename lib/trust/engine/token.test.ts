import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from '../keys/base64url'
import { checkToken } from './checks/token-checks'
import { describeProblem } from './no-token'
import { decodeToken } from './token'

const encode = (text: string) => encodeBase64url(new TextEncoder().encode(text))
const token = `${encode('{"alg":"RS256"}')}.${encode('{"sub":"a"}')}.c2ln`

test('base64url has one text for one byte string', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url')
      expect(encodeBase64url(bytes)).toBe(text)
      expect(Buffer.from(decodeBase64url(text) ?? [0])).toEqual(Buffer.from(bytes))
    }),
  )
  for (const bad of ['A', 'AB', 'AA=', 'AA==', 'A A', 'AA\n', 'AA+/', 'Aé', 'AAA.'])
    expect(decodeBase64url(bad)).toBeNull()
})

describe('input that is no signed token is named', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['ghs_16C7e42F292c6912E7710c838347Ae178B4a', 'opaque'],
    ['a.b', 'malformed'],
    ['a.b.c.d', 'malformed'],
    [`${encode('{"alg":"dir","enc":"A128GCM"}')}..aa.aa.aa`, 'jwe'],
    ['<samlp:Response>x.y.z</samlp:Response>', 'saml'],
    ['PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm4iPg==', 'saml'],
    ['PE5TMDpSZXNwb25zZSB4bWxucz0iYSI+', 'saml'],
    ['SAMLResponse=PHNhbWxwOlJlc3BvbnNl&RelayState=x', 'saml'],
    ['https://idp.example/sso?SAMLRequest=fZJNT8MwDIb', 'saml'],
    ['hvs.CAESIJ1234567890abcdefghij', 'opaque'],
    ['Credential: AWS4-HMAC-SHA256 Credential=AKIA/x', 'sigv4'],
    ['-----BEGIN PUBLIC KEY-----', 'pem'],
    ['{"payload":"x.y"}', 'json'],
    ['AWS4-HMAC-SHA256 Credential=AKIA/x', 'sigv4'],
    ['a'.repeat(16_385), 'too-large'],
    [`Bearer ${token}`, 'malformed'],
  ])('%j', (text, kind) => {
    const decoded = decodeToken(text)
    expect(decoded.kind).toBe(kind)
    expect(decoded.problem).not.toBeNull()
  })
})

test.each([
  ['eyJhbGciOiJSUzI1NiJ9.***', /masked or left out/],
  ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOi…', /masked or left out/],
  ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOi...c2lnbmF0dXJl', /masked or left out/],
  ['eyJhbGciOiJSUzI1NiJ9.e30.AAeyJhbGciOiJSUzI1NiJ9.e30.AA', /two tokens that were pasted together/],
  // RFC 7516, appendix A.1: it names an encryption.
  ['eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d', /encrypted token/],
  ['ghp_16C7e42F292c6912E7710c838347Ae178B4a', /GitHub/],
  ['glpat-xxxxxxxxxxxxxxxxxxxx', /GitLab/],
  ['hvs.CAESIJ1234567890abcdefghij', /Vault/],
  ['a.b', /this has 2/],
])('what %s is, is said', (text, problem) => {
  expect(describeProblem(decodeToken(text))).toMatch(problem)
})

test('blanks and line ends around a token are taken away, and nothing inside it', () => {
  for (const around of [`${token}\n`, ` ${token}`, `\r\n${token}\t\n`, `\ufeff${token}\u00a0`]) {
    expect(decodeToken(around)).toMatchObject({ kind: 'jws', problem: null, text: token })
  }
  for (const inside of [token.replace('.', '.\n'), token.replace('.', ' .')]) {
    expect(decodeToken(inside).problem).toMatch(/blank or line break/)
  }
})

test('a token is decoded as far as it can be', () => {
  const decoded = decodeToken(`${encode('{"alg":"RS256"}')}.${encode('{"a":1,"a":2}')}.c2ln=`)
  expect(decoded.problem).toMatch(/signature segment is padded/)
  expect(decoded.header).toMatchObject({ ok: true, value: { alg: 'RS256' } })
  expect(decoded.claims).toMatchObject({ ok: false, code: 'duplicate' })
})

test('bytes that are not UTF-8 are refused', () => {
  const bytes = encodeBase64url(Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))
  expect(decodeToken(`${bytes}.${bytes}.`).header).toMatchObject({ ok: false, code: 'utf-8' })
})

test('exactly 16 KiB is read', () => {
  const size = 16_384 - encode('{"alg":"RS256"}').length - 2
  const text = `{"x":"${'y'.repeat(Math.floor((size * 3) / 4) - 8)}"}`
  expect(decodeToken(`${encode('{"alg":"RS256"}')}.${encode(text)}.`).claims.ok).toBe(true)
})

test('a token whose claims are another token is told from one with broken claims', () => {
  const outer = `${encode('{"alg":"RS256","cty":"JWT"}')}.${encode(token)}.c2ln`
  expect(decodeToken(outer).claims).toMatchObject({
    ok: false,
    message: 'there is another token in it (nested, RFC 7519 §5.2)',
  })
  const broken = `${encode('{"alg":"RS256"}')}.${encode('eyJ is no token')}.c2ln`
  expect(decodeToken(broken).claims).toMatchObject({ ok: false, message: expect.not.stringContaining('another token') })
})

test('which part of a token nests too deep is said in a sentence', () => {
  const deep = encode(`{"a":${'['.repeat(8)}${']'.repeat(8)}}`)
  const limitsOf = (text: string) => checkToken(decodeToken(text), text.length).find(({ id }) => id === 'token.limits')
  expect(limitsOf(`${encode('{"alg":"RS256"}')}.${deep}.c2ln`)?.message).toBe(
    'The claims of the token nest deeper than 8 levels.',
  )
  expect(limitsOf(`${deep}.${encode('{}')}.c2ln`)?.message).toBe('The header of the token nests deeper than 8 levels.')
})
