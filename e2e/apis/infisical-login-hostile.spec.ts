import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attached, expectEnvelope, type Installation, install, jwtAuthPath, login } from './installation'
import { createIssuer, hmacToken, segment, usualClaims } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const rsa = createIssuer('RS256')
const claimsText = JSON.stringify(usualClaims())

describe('keys that must not be taken', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const privates: [string, string][] = [
    ['PKCS#8', pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['PKCS#1', pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['SEC1', ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString()],
    [
      'encrypted PKCS#8',
      pair.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
    ],
    [
      'OpenSSH',
      `-----BEGIN OPENSSH PRIVATE KEY-----\n${'b3BlbnNzaC1rZXktdjE'.repeat(8)}\n-----END OPENSSH PRIVATE KEY-----`,
    ],
    [
      'a public key with a private one behind it',
      `${rsa.pem}\n${ec.privateKey.export({ type: 'pkcs8', format: 'pem' })}`,
    ],
  ]

  /** A piece of the secret that must turn up nowhere. */
  const pieceOf = (pem: string) =>
    pem
      .split('\n')
      .filter((line) => /^[\w+/=]{40,}$/.test(line))
      .at(-1)!
      .slice(0, 40)

  test.each(privates)('a private key (%s) is refused by its place, and kept and logged nowhere', async (_, pem) => {
    const id = await here.identity()
    const before = await here.rows()
    const answer = await here.admin.post(jwtAuthPath(id), { publicKeys: [rsa.pem, pem] })
    expectEnvelope(answer, { status: 400, error: 'BadRequest' })
    expect(answer.body.message).toMatch(/^publicKeys\[1\]: .*private key/i)
    expect(await here.rows()).toEqual(before)
    const piece = pieceOf(pem)
    expect(piece.length).toBeGreaterThan(18)
    expect(await here.holds(piece)).toBe(false)
    expect(answer.text).not.toContain(piece)
    expect(here.keybound.logs()).not.toContain(piece)

    const standing = await attached(here, { publicKeys: [rsa.pem] })
    const version = await here.rows()
    expectEnvelope(await here.admin.patch(jwtAuthPath(standing), { publicKeys: [pem] }), {
      status: 400,
      error: 'BadRequest',
    })
    expect(await here.rows()).toEqual(version)
    expect(await here.holds(piece)).toBe(false)
  })

  test('a private key pasted where any other text belongs is not kept either', async () => {
    const [, pem] = privates[0]!
    const id = await here.identity()
    const before = await here.rows()
    for (const field of ['jwksCaCert', 'boundIssuer', 'boundSubject', 'boundAudiences', 'jwksUrl']) {
      const sent = field === 'jwksCaCert' ? { jwksUrl: 'https://issuer.example/k' } : { publicKeys: [rsa.pem] }
      const answer = await here.admin.post(jwtAuthPath(id), { ...sent, [field]: pem })
      expect([400, 422], field).toContain(answer.status)
      expect(answer.text).not.toContain(pieceOf(pem))
    }
    expect(await here.rows()).toEqual(before)
    expect(here.keybound.logs()).not.toContain(pieceOf(pem))
  })

  const p = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }) =>
    key.export({ type: 'spki', format: 'pem' }).toString()
  const refused: [string, string, RegExp][] = [
    ['RSA of 1024 bits', p(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), /2048|short|weak/i],
    ['a curve that is not ours', p(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey), /curve|P-256/i],
    ['a key to agree on secrets with', p(generateKeyPairSync('x25519').publicKey), /Ed25519|X25519|supported/i],
    ['DSA', p(generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).publicKey), /DSA|supported|RSA/i],
    ['a shared secret', 'a-shared-secret-of-a-careless-issuer', /HS256|secret/i],
    [
      'a shared secret dressed as PEM',
      `-----BEGIN PUBLIC KEY-----\n${Buffer.from('a-shared-secret-of-a-careless-issuer').toString('base64')}\n-----END PUBLIC KEY-----`,
      /read|damaged|key/i,
    ],
    ['half a PEM', rsa.pem.slice(0, 200), /END|missing/i],
    ['a PEM without its line breaks', rsa.pem.replaceAll('\n', ' '), /line/i],
    ['two keys in one box', rsa.pem + rsa.pem, /own|blocks/i],
    ['a URL', 'https://issuer.example/key.pem', /URL/],
    ['a token', rsa.token(), /token/i],
  ]
  test.each(refused)('%s: 400 with its place and the reason, and nothing is written', async (_, pem, reason) => {
    const id = await here.identity()
    const before = await here.rows()
    const answer = await here.admin.post(jwtAuthPath(id), { publicKeys: [pem] })
    expectEnvelope(answer, { status: 400, error: 'BadRequest' })
    expect(answer.body.message).toMatch(/^publicKeys\[0\]: /)
    expect(answer.body.message).toMatch(reason)
    expect(await here.rows()).toEqual(before)
  })

  test('every wrong key of several is in the details', async () => {
    const id = await here.identity()
    const answer = await here.admin.post(jwtAuthPath(id), {
      publicKeys: ['x', rsa.pem, 'y'],
      accessTokenTTL: 2,
      accessTokenMaxTTL: 1,
    })
    expectEnvelope(answer, { status: 400, error: 'BadRequest' })
    expect(answer.body.details.map((issue: { path: unknown }) => issue.path)).toEqual([
      ['publicKeys', 0],
      ['publicKeys', 2],
      ['accessTokenTTL'],
    ])
  })

  test('a CA certificate that is none is refused', async () => {
    const id = await here.identity()
    const before = await here.rows()
    const answer = await here.admin.post(jwtAuthPath(id), { jwksUrl: 'https://issuer.example/k', jwksCaCert: rsa.pem })
    expectEnvelope(answer, { status: 400, error: 'BadRequest' })
    expect(answer.body.message).toMatch(/^jwksCaCert: /)
    expect(await here.rows()).toEqual(before)
  })
})

describe('keys that are taken', () => {
  const kinds: [string, () => { pem: string; token: string }][] = [
    ['SPKI of RSA', () => ({ pem: rsa.pem, token: rsa.token() })],
    ['PKCS#1', () => ({ pem: rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(), token: rsa.token() })],
    ...(['ES256', 'EdDSA'] as const).map((alg): [string, () => { pem: string; token: string }] => [
      alg,
      () => {
        const issuer = createIssuer(alg)
        return { pem: issuer.pem, token: issuer.token() }
      },
    ]),
    ['CRLF and blanks around', () => ({ pem: `\r\n  ${rsa.pem.replaceAll('\n', '\r\n')}\r\n`, token: rsa.token() })],
  ]
  test.each(kinds)('%s verifies a token signed outside', async (_, make) => {
    const { pem, token } = make()
    const id = await attached(here, { publicKeys: [pem] })
    const answer = await login(here.nobody, id, token)
    expect(answer.status, answer.text).toBe(200)
  })

  test('a certificate verifies a token signed by its key', async () => {
    const { createSelfSigned } = await import('../peers/tls-authority')
    const { createPrivateKey, createPublicKey } = await import('node:crypto')
    const { cert, key } = createSelfSigned()
    const privateKey = createPrivateKey(key)
    const issuer = createIssuer('ES256', { privateKey, publicKey: createPublicKey(privateKey) })
    const id = await attached(here, { publicKeys: [cert] })
    expect((await login(here.nobody, id, issuer.token())).status).toBe(200)
  })

  test('any of several keys will do', async () => {
    const second = createIssuer()
    const id = await attached(here, { publicKeys: [rsa.pem, second.pem] })
    expect((await login(here.nobody, id, second.token())).status).toBe(200)
    expect((await login(here.nobody, id, rsa.token())).status).toBe(200)
  })
})

describe('tokens that must not be taken', () => {
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
    ['a leading blank', () => ` ${rsa.token()}`, 'token_malformed'],
    ['a line break inside', () => rsa.token().replace('.', '.\n'), 'token_malformed'],
    ['“Bearer ” in front', () => `Bearer ${rsa.token()}`, 'token_malformed'],
    ['a logout token', () => rsa.token({}, { typ: 'logout+jwt' }), 'token_type_refused'],
    ['the signature cut short', () => rsa.token().slice(0, -2), 'signature_invalid'],
  ]
  test.each(cases)('%s', async (_, tokenOf, reason) => {
    const token = tokenOf()
    const before = await here.rows()
    const answer = await login(here.nobody, id, token)
    expectEnvelope(answer, { status: 401, error: 'UnauthorizedError' })
    expect(await here.rows()).toEqual({ ...before, decision: before.decision! + 1 })
    const decision = await here.admin.get(`/api/admin/decisions/${answer.body.reqId}`)
    expect(decision.body).toMatchObject({ accepted: false, reason })
    expect(await here.holds(token)).toBe(false)
    expect(here.keybound.logs()).not.toContain(token)
  })

  test('a signature of zeros is no ECDSA signature', async () => {
    const [head, claims] = ec.token().split('.')
    const answer = await login(here.nobody, ecId, `${head}.${claims}.${Buffer.alloc(64).toString('base64url')}`)
    expectEnvelope(answer, { status: 401, error: 'UnauthorizedError' })
  })

  test('openssl signs a token we believe', async () => {
    if (!hasOpenssl()) return
    const privatePem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const input = `${segment('{"alg":"RS256"}')}.${segment(claimsText)}`
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs')
    const folder = mkdtempSync('/tmp/keybound-openssl-')
    writeFileSync(`${folder}/key.pem`, privatePem)
    const signature = execFileSync('openssl', ['dgst', '-sha256', '-sign', `${folder}/key.pem`], { input })
    rmSync(folder, { recursive: true })
    const answer = await login(here.nobody, id, `${input}.${signature.toString('base64url')}`)
    expect(answer.status, answer.text).toBe(200)
  })
})

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'])
    return true
  } catch {
    return false
  }
}
