import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attached, expectEnvelope, type Installation, install, jwtAuthPath, login } from './installation'
import { createIssuer, usualClaims } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const rsa = createIssuer('RS256')
const _claimsText = JSON.stringify(usualClaims())

describe('keys that must be refused', () => {
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
    ['an SSH key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB me@here', /SSH/],
    ['a path', '/etc/ssl/issuer.pem', /path of a file/],
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

  test('text that is not a CA certificate is refused', async () => {
    const id = await here.identity()
    const before = await here.rows()
    const answer = await here.admin.post(jwtAuthPath(id), { jwksUrl: 'https://issuer.example/k', jwksCaCert: rsa.pem })
    expectEnvelope(answer, { status: 400, error: 'BadRequest' })
    expect(answer.body.message).toMatch(/^jwksCaCert: /)
    expect(await here.rows()).toEqual(before)
  })
})

describe('keys that are accepted', () => {
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
    ['a PEM without its line breaks', () => ({ pem: rsa.pem.replaceAll('\n', ' '), token: rsa.token() })],
    ['a PEM with escaped line breaks', () => ({ pem: rsa.pem.replaceAll('\n', '\\n'), token: rsa.token() })],
    ['base64 of a PEM', () => ({ pem: Buffer.from(rsa.pem).toString('base64'), token: rsa.token() })],
    [
      'SPKI under another label',
      () => ({ pem: rsa.pem.replaceAll('PUBLIC KEY', 'RSA PUBLIC KEY'), token: rsa.token() }),
    ],
    ['a JWK', () => ({ pem: JSON.stringify(rsa.publicKey.export({ format: 'jwk' })), token: rsa.token() })],
    ['CRLF and blanks around', () => ({ pem: `\r\n  ${rsa.pem.replaceAll('\n', '\r\n')}\r\n`, token: rsa.token() })],
  ]
  test.each(kinds)('%s verifies a token signed outside', async (_, make) => {
    const { pem, token } = make()
    const id = await attached(here, { publicKeys: [pem] })
    const answer = await login(here.anonymous, id, token)
    expect(answer.status, answer.text).toBe(200)
  })

  test('a certificate verifies a token signed by its key', async () => {
    const { createSelfSigned } = await import('../peers/tls-authority')
    const { createPrivateKey, createPublicKey } = await import('node:crypto')
    const { cert, key } = createSelfSigned()
    const privateKey = createPrivateKey(key)
    const issuer = createIssuer('ES256', { privateKey, publicKey: createPublicKey(privateKey) })
    const id = await attached(here, { publicKeys: [cert] })
    expect((await login(here.anonymous, id, issuer.token())).status).toBe(200)
  })

  test('any of several keys will do', async () => {
    const second = createIssuer()
    const id = await attached(here, { publicKeys: [rsa.pem, second.pem] })
    expect((await login(here.anonymous, id, second.token())).status).toBe(200)
    expect((await login(here.anonymous, id, rsa.token())).status).toBe(200)
  })
})
