import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attached, expectEnvelope, type Installation, install, login } from './installation'
import { createIssuer, hmacToken, segment, usualClaims } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const rsa = createIssuer('RS256')
const claimsText = JSON.stringify(usualClaims())

describe('tokens that must be refused', () => {
  let id: string
  let ecId: string
  const ec = createIssuer()
  beforeAll(async () => {
    id = await attached(here, { publicKeys: [rsa.pem] })
    ecId = await attached(here, { publicKeys: [ec.pem] })
  })

  const evil = createIssuer('RS256')
  const jwk = evil.publicKey.export({ format: 'jwk' })
  const header = (more: object) => JSON.stringify({ alg: 'RS256', typ: 'JWT', ...more })
  const cases: [string, () => string, string][] = [
    ['alg none, unsigned', () => `${segment('{"alg":"none"}')}.${segment(claimsText)}.`, 'algorithm_not_allowed'],
    ['alg nOnE, with a signature', () => rsa.signRaw('{"alg":"nOnE"}', claimsText), 'algorithm_not_allowed'],
    ['HS256 with the public PEM as its secret', () => hmacToken(rsa.pem), 'algorithm_not_allowed'],
    ['HS256 with the PEM trimmed', () => hmacToken(rsa.pem.trim()), 'algorithm_not_allowed'],
    ['an embedded jwk that verifies', () => evil.signRaw(header({ jwk }), claimsText), 'signature_invalid'],
    ['jku', () => evil.signRaw(header({ jku: 'https://evil.example/k', kid: 'k' }), claimsText), 'signature_invalid'],
    ['x5u', () => evil.signRaw(header({ x5u: 'https://evil.example/k' }), claimsText), 'signature_invalid'],
    ['crit', () => rsa.signRaw(header({ crit: ['exp'] }), claimsText), 'critical_header'],
    ['b64', () => rsa.signRaw(header({ b64: false, crit: ['b64'] }), claimsText), 'critical_header'],
    ['zip', () => rsa.signRaw(header({ zip: 'DEF' }), claimsText), 'critical_header'],
    [
      'a JWE',
      () => `${segment('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.${'eA'}.${'eA'}.${'eA'}.${'eA'}`,
      'token_encrypted',
    ],
    [
      'duplicate members in the header',
      () => rsa.signRaw('{"alg":"none","alg":"RS256"}', claimsText),
      'header_malformed',
    ],
    [
      'duplicate members in the claims',
      () => rsa.signRaw(header({}), `{"sub":"a",${claimsText.slice(1)}`),
      'claims_malformed',
    ],
    ['claims that are a list', () => rsa.signRaw(header({}), '[]'), 'claims_malformed'],
    ['a header that is a list', () => rsa.signRaw('[]', claimsText), 'header_malformed'],
    ['an endless expiry', () => rsa.signRaw(header({}), '{"exp":1e400}'), 'claims_malformed'],
    ['an expiry that is text', () => rsa.token({ exp: '9999999999' }), 'time_claim_malformed'],
    ['an expiry below zero', () => rsa.token({ exp: -1 }), 'time_claim_malformed'],
    ['issued in the future', () => rsa.token({ iat: Math.floor(Date.now() / 1000) + 300 }), 'token_issued_in_future'],
    ['expired', () => rsa.token({ exp: 1_000_000_000, iat: 999_999_000 }), 'token_expired'],
    ['no exp', () => rsa.token({ exp: undefined }), 'expiry_missing'],
    ['longer than 16 KiB', () => rsa.token({ pad: 'x'.repeat(16 * 1024) }), 'token_too_large'],
    [
      'nested too deeply',
      () => rsa.token({ deep: JSON.parse(`${'['.repeat(20)}${']'.repeat(20)}`) }),
      'token_too_deep',
    ],
    [
      '257 claims',
      () => rsa.token(Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`c${i}`, i]))),
      'token_too_many_claims',
    ],
    ['padding', () => rsa.token().replace('.', '=.'), 'token_malformed'],
    ['a blank inside', () => rsa.token().replace('.', ' .'), 'token_malformed'],
    ['a line break inside', () => rsa.token().replace('.', '.\n'), 'token_malformed'],
    ['“Bearer ” in front', () => `Bearer ${rsa.token()}`, 'token_malformed'],
    ['a logout token', () => rsa.token({}, { typ: 'logout+jwt' }), 'token_type_refused'],
    ['the signature cut short', () => rsa.token().slice(0, -2), 'signature_invalid'],
  ]
  test.each(cases)('%s', async (_, tokenOf, reason) => {
    const token = tokenOf()
    const before = await here.rows()
    const answer = await login(here.anonymous, id, token)
    expectEnvelope(answer, { status: 401, error: 'UnauthorizedError' })
    expect(await here.rows()).toEqual({ ...before, decision: before.decision! + 1 })
    const decision = await here.admin.get(`/api/admin/decisions/${answer.body.reqId}`)
    expect(decision.body).toMatchObject({ accepted: false, reason })
    expect(await here.holds(token)).toBe(false)
    expect(here.keybound.logs()).not.toContain(token)
  })

  test('white space around a token is ignored, as from a file', async () => {
    for (const around of [`${rsa.token()}\n`, ` \t${rsa.token()}\r\n`])
      expect((await login(here.anonymous, id, around)).status).toBe(200)
  })

  test('a signature of zeros is no ECDSA signature', async () => {
    const [head, claims] = ec.token().split('.')
    const answer = await login(here.anonymous, ecId, `${head}.${claims}.${Buffer.alloc(64).toString('base64url')}`)
    expectEnvelope(answer, { status: 401, error: 'UnauthorizedError' })
  })
})
