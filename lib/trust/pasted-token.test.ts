import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeToken } from './engine/token'
import { encodeBase64url } from './keys/base64url'
import { cleanToken, readPastedToken } from './pasted-token'

const encode = (text: string) => encodeBase64url(new TextEncoder().encode(text))
const token = `${encode('{"alg":"RS256"}')}.${encode('{"sub":"a"}')}.c2ln`
const other = `${encode('{"alg":"RS256"}')}.${encode('{"sub":"b"}')}.c2ln`
const url = 'https://app.example/callback'

describe('a pasted text is taken to its token', () => {
  test.each([
    ['as it is', token],
    ['blanks around', `  \n${token}\n`],
    ['Bearer', `Bearer ${token}`],
    ['bearer in lower case', `bearer   ${token}`],
    ['a header line', `Authorization: Bearer ${token}`],
    ['double quotes', `"${token}"`],
    ['quotes inside a header line', `'Authorization: Bearer ${token}'`],
    ['line breaks inside', `${token.slice(0, 10)}\n  ${token.slice(10)}`],
    ['escaped dots', token.replaceAll('.', '%2E')],
    ['a token member', JSON.stringify({ token })],
    ['a variable', `JWT=${token}`],
    ['an exported variable in quotes', `export CI_JOB_JWT="${token}"`],
    ['a variable of PowerShell', `$env:TOKEN = '${token}'`],
    ['a line of YAML', `id_token: ${token}`],
    ['a curl command', `curl -X POST -H 'Authorization: Bearer ${token}' \\\n  ${url}`],
    ['a curl command with a body', `curl ${url} -d '{"jwt":"${token}","identityId":"x"}'`],
    ['a form', `grant_type=jwt&assertion=${token}&scope=a`],
    ['the fragment of a URL', `${url}#id_token=${token}&state=x`],
    ['a fragment alone', `#id_token=${token}`],
    ['a query with escapes', `${url}?token=${token.replaceAll('.', '%2E')}&x=1`],
    ['a cookie', `Cookie: session=1; CF_Authorization=${token}; a=b`],
    ['a log line', `2026-01-01T00:00:00Z INFO got token ${token}.`],
    ['a Kubernetes answer', JSON.stringify({ kind: 'TokenRequest', status: { token } })],
    ['base64 of it', Buffer.from(token).toString('base64')],
    ['GitHub’s answer', JSON.stringify({ count: 1, value: token })],
  ])('%s', (_, pasted) => {
    expect(cleanToken(pasted)).toBe(token)
  })
  test('and cleaning never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof cleanToken(text) === 'string'))
  })
})

describe('of several tokens in one text the first is judged, and the others are named', () => {
  test.each([
    ['on two lines', `${token}\n${other}`],
    ['in an answer of OAuth', JSON.stringify({ id_token: token, access_token: other })],
    ['in a URL', `${url}#id_token=${token}&access_token=${other}`],
    ['in a log', `old ${token} new ${other}, old ${token}`],
  ])('%s', (_, pasted) => {
    expect(readPastedToken(pasted)).toMatchObject({ text: token, others: [other] })
    expect(readPastedToken(pasted).notice).toMatch(/2 tokens/)
  })
})

describe('a private key does not stay', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----'
  test.each([
    ['PEM', pem],
    ['PEM of RSA in a variable', `KEY="${pem.replaceAll('PRIVATE', 'RSA PRIVATE')}"`],
    ['base64 of PEM', Buffer.from(pem).toString('base64')],
    ['a JWK', '{"kty":"EC","crv":"P-256","d":"x"}'],
    ['a set of JWKs', '{"keys":[{"kty":"RSA","d":"x"}]}'],
    ['a shared secret', '{"kty":"oct","k":"x"}'],
    ['an age key', `AGE-SECRET-KEY-1${'Q'.repeat(58)}`],
  ])('%s', (_, pasted) => {
    const read = readPastedToken(pasted)
    expect(read).toMatchObject({ text: '', others: [], isSecret: true })
    expect(read.notice).toMatch(/private key/)
  })

  test('a public one is no secret', () => {
    expect(readPastedToken('{"kty":"EC","crv":"P-256","x":"a"}').isSecret).toBe(false)
    expect(readPastedToken('-----BEGIN PUBLIC KEY-----').isSecret).toBe(false)
  })
})

describe('text without a token stays as it is, so that what is wrong with it can be said', () => {
  test.each(['a.b', 'ghs_16C7e42F292c6912E7710c838347Ae178B4a', 'eyJhbGciOiJSUzI1NiJ9.***', '<samlp:Response/>'])(
    '%s',
    (text) => {
      expect(readPastedToken(text)).toEqual({ text, others: [], notice: null, isSecret: false })
    },
  )

  test.each([`${token.split('.').slice(0, 2).join('=.')}=.c2ln`, `${token}=`, `${token} ==`])(
    'and padding is not taken away: %s',
    (pasted) => {
      const padded = pasted.replace(' ', '')
      expect(cleanToken(pasted)).toBe(padded)
      expect(decodeToken(padded).problem).toMatch(/padded/)
    },
  )
})

test('a token in any text around it is found', () => {
  const around = fc.string({ unit: fc.constantFrom(...' \n\t;,:&?="{}()/') })
  fc.assert(
    fc.property(around, around, (before, after) => {
      // That would be padding, which belongs to the token.
      fc.pre(!/^\s*=/.test(after))
      expect(cleanToken(`${before}${token}${after}`)).toBe(token)
    }),
  )
})
