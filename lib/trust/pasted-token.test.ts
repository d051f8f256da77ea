import { generateKeyPairSync } from 'node:crypto'
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
  const pem = '-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----'
  const words = ['the token of the job', 'Bearer ghs_16C7e42F292c6912E7710c838347Ae178B4a', pem]
  test.each([
    ...words,
    'a.b',
    'ghs_16C7e42F292c6912E7710c838347Ae178B4a',
    'eyJhbGciOiJSUzI1NiJ9.***',
    '<samlp:Response/>',
  ])('%s', (text) => {
    expect(readPastedToken(text)).toEqual({ text, others: [], notice: null, isSecret: false })
  })

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

describe('what programs and pages do to a token is undone', () => {
  const signed = `${encode('{"alg":"ES256","typ":"JWT"}')}.${encode('{"iss":"https://issuer.example","sub":"a"}')}.${'Ab-_'.repeat(21)}Ag`
  const base64 = Buffer.from(signed).toString('base64')
  const cut = (at: number, between: string) => signed.slice(0, at) + between + signed.slice(at)
  const inSignature = signed.lastIndexOf('.') + 20
  test.each([
    ['DPoP', `Authorization: DPoP ${signed}`],
    ['headers of PowerShell', `Invoke-RestMethod $url -Headers @{ Authorization = "Bearer ${signed}" }`],
    ['Bearer in a member of JSON', JSON.stringify({ token: `Bearer ${signed}` })],
    ['an opaque token beside it', JSON.stringify({ token: 'ghs_16C7e42F292c6912E7710c83', id_token: signed })],
    ['JSON in a URL', `${url}?state=${encodeURIComponent(JSON.stringify({ value: signed }))}`],
    ['a blank in a URL', `${url}?authorization=Bearer%20${signed}`],
    ['a line break in a log of JSON', JSON.stringify({ message: `sent\n${signed}`, level: 'info' })],
    ['a tab in a log of JSON', JSON.stringify({ message: `sent\t${signed}` })],
    ['colours of a terminal', `token: \u001b[32m${signed}\u001b[0m`],
    ['the answer of SPIRE', `token(spiffe://a.example/b):\n\t${signed}\nbundle(spiffe://a.example):\n\t{"keys":[]}`],
    [
      'a Kubernetes secret as YAML',
      `apiVersion: v1\nkind: Secret\ndata:\n  namespace: ZGVmYXVsdA==\n  token: ${base64}\n`,
    ],
    ['a variable over two lines', `export JWT=${cut(40, '\n')}`],
    ['a variable over two lines, cut in its signature', `JWT=${cut(inSignature, '\n')}`],
    ['folded YAML', `token: >-\n  ${cut(60, '\n  ')}\nnext: line`],
    ['folded YAML, cut in its signature', `token: >-\n  ${cut(inSignature, '\n  ')}\nnext: line`],
    ['a shell’s continued line', `JWT="${cut(50, '\\\n')}"`],
    ['texts of a program', `const token = '${cut(70, `' +\n  '`)}';`],
    ['a word in the next line', `${signed}\ndone`],
    ['characters that are not seen around it', `\u202e\u200b${signed}\u2069`],
  ])('%s', (_, pasted) => {
    expect(readPastedToken(pasted)).toMatchObject({ text: signed, others: [] })
  })

  test('characters that are not seen inside of it are named', () => {
    for (const mark of ['\u200b', '\u00ad', '\u2060', '\u202c', '\ufeff']) {
      const read = readPastedToken(cut(30, mark))
      expect(read.text).toBe(signed)
      expect(read.notice).toMatch(/not seen/)
    }
    expect(readPastedToken(`\u200b${signed}`).notice).toBeNull()
  })

  test('two tokens on two lines are two, whole signatures or not', () => {
    for (const [first, second] of [
      [signed, `${signed.slice(0, -2)}Qg`],
      [token, other],
    ]) {
      expect(readPastedToken(`${first}\n${second}`)).toMatchObject({ text: first, others: [second] })
    }
  })

  test('a text of many megabytes without a token is cut, and says so', () => {
    const read = readPastedToken('{"a":1}\n'.repeat(1_000_000))
    expect(read.text.length).toBeLessThanOrEqual(16_385)
    expect(read.notice).toMatch(/No token was found in this text of 8000000 characters/)
  })
})

test.each([
  ['PKCS#8 without its lines', (pem: string) => pem.replace(/-----.*-----/g, '')],
  ['a Kubernetes secret', (pem: string) => `data:\n  tls.key: ${Buffer.from(pem).toString('base64')}\n`],
  ['PuTTY', () => 'PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 1\nAAAA'],
  ['PGP', () => '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n-----END PGP PRIVATE KEY BLOCK-----'],
])('a private key does not stay in any form: %s', (_, paste) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  expect(readPastedToken(paste(pem))).toMatchObject({ text: '', isSecret: true })
})
