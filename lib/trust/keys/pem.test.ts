import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { certificateFingerprint, parseCertificates, parsePem } from './pem'
import { holdsPrivateKey } from './secret-text'

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
const wrap = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trim()}\n-----END ${label}-----\n`
const hashOf = (der: Uint8Array) => `SHA256:${createHash('sha256').update(der).digest('hex')}`

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed25519 = generateKeyPairSync('ed25519')

const certificateDer = makeCertificate()
const certificate = wrap('CERTIFICATE', certificateDer)

// The types of Node 20 leave this kind out.
const createDiffieHellmanKeys = () =>
  (generateKeyPairSync as (type: string, options: object) => { publicKey: KeyObject })('dh', { group: 'modp14' })

function makeCertificate(): Uint8Array {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const attribute = (type: string, text: string) =>
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: text }) }),
    ])
  const name = new Name([attribute('2.5.4.3', 'issuer.example'), attribute('2.5.4.10', 'Acme')])
  const signature = new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' })
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: Uint8Array.from([1]).buffer,
    signature,
    issuer: name,
    subject: name,
    validity: new Validity({ notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') }),
    subjectPublicKeyInfo: AsnConvert.parse(
      keys.publicKey.export({ type: 'spki', format: 'der' }),
      SubjectPublicKeyInfo,
    ),
  })
  const signed = sign('sha256', new Uint8Array(AsnConvert.serialize(tbsCertificate)), keys.privateKey)
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm: signature,
    signatureValue: Uint8Array.from(signed).buffer,
  })
  return new Uint8Array(AsnConvert.serialize(certificate))
}

describe('public keys that people paste are read', () => {
  test.each([
    ['RSA 2048', rsa.publicKey, 'RSA', 2048],
    ['EC P-256', p256.publicKey, 'EC', 256],
    ['EC P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey, 'EC', 384],
    ['EC P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey, 'EC', 521],
    ['Ed25519', ed25519.publicKey, 'OKP', 256],
  ] as const)('%s', async (label, key, type, sizeBits) => {
    const reading = await parsePem(spki(key))
    expect(reading).toMatchObject({ ok: true, key: { label, type, sizeBits } })
    if (!reading.ok) return
    expect(reading.key.jwk).toEqual(key.export({ format: 'jwk' }))
    expect(reading.key.fingerprint).toBe(hashOf(key.export({ type: 'spki', format: 'der' })))
    expect(reading.key.certificate).toBeUndefined()
  })

  test('an RSA key in PKCS#1 is the same key as in SPKI', async () => {
    const pkcs1 = await parsePem(rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString())
    expect(pkcs1).toEqual(await parsePem(spki(rsa.publicKey)))
  })

  test('a certificate gives its key, its subject and its dates', async () => {
    const reading = await parsePem(certificate)
    expect(reading).toMatchObject({
      ok: true,
      key: {
        label: 'EC P-256',
        certificate: { subject: 'CN=issuer.example, O=Acme', notBefore: 1_767_225_600, notAfter: 1_798_761_600 },
      },
    })
  })

  test('the certificate made for these tests is one that OpenSSL reads', () => {
    expect(new X509Certificate(certificate).subject).toBe('CN=issuer.example\nO=Acme')
  })

  test('CRLF, blank lines, indentation and text around are forgiven', async () => {
    const expected = await parsePem(spki(rsa.publicKey))
    const text = spki(rsa.publicKey)
    for (const variant of [
      text.replaceAll('\n', '\r\n'),
      `\n\n${text}\n\n`,
      text.replaceAll('\n', '\n\n'),
      text.replaceAll('\n', '\n   '),
      `Public-Key: (2048 bit)\nModulus:\n    00:aa\n${text}bye`,
    ]) {
      expect(await parsePem(variant)).toEqual(expected)
    }
  })
})

describe('private keys of every kind are refused, and not repeated', () => {
  const encrypted = { cipher: 'aes-256-cbc', passphrase: 'secret' }
  test.each([
    ['PKCS#8', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['PKCS#1', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['SEC 1', p256.privateKey.export({ type: 'sec1', format: 'pem' }).toString()],
    ['Ed25519', ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['encrypted PKCS#8', rsa.privateKey.export({ type: 'pkcs8', format: 'pem', ...encrypted }).toString()],
    ['encrypted PKCS#1', rsa.privateKey.export({ type: 'pkcs1', format: 'pem', ...encrypted }).toString()],
    ['OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----'],
    ['cut short', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().slice(0, 400)],
    ['after a public key', spki(rsa.publicKey) + rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ])('%s', async (_, pem) => {
    const reading = await parsePem(pem)
    expect(reading).toMatchObject({ ok: false, code: 'private_key' })
    for (const line of pem.split('\n').filter((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line))) {
      expect(JSON.stringify(reading)).not.toContain(line)
    }
  })

  test('also under the label of a public key', async () => {
    const der = rsa.privateKey.export({ type: 'pkcs8', format: 'der' })
    expect(await parsePem(wrap('PUBLIC KEY', der))).toMatchObject({ ok: false, code: 'private_key' })
  })
})

describe('an unusable key is refused with its reason', () => {
  const der = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })
  const pointAt = (bytes: Buffer) => bytes.length - 64
  const offCurve = () => {
    const bytes = Buffer.from(der(p256.publicKey))
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
    return wrap('PUBLIC KEY', bytes)
  }
  const compressed = () => {
    const bytes = Buffer.from(der(p256.publicKey))
    const point = Buffer.concat([Buffer.from([2]), bytes.subarray(pointAt(bytes), pointAt(bytes) + 32)])
    const algorithm = bytes.subarray(2, 2 + 21)
    const bits = Buffer.concat([Buffer.from([3, point.length + 1, 0]), point])
    return wrap('PUBLIC KEY', Buffer.concat([Buffer.from([0x30, algorithm.length + bits.length]), algorithm, bits]))
  }
  const cases: [string, () => string, string, RegExp][] = [
    ['nothing', () => '  \n', 'empty', /Paste/],
    ['a shared secret', () => 'correct horse battery staple', 'not_pem', /shared secret/],
    [
      'half a body without its lines',
      () => der(rsa.publicKey).toString('base64').slice(0, 200),
      'not_pem',
      /part of it is missing/,
    ],
    ['an SSH key', () => 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB me@here', 'not_pem', /ssh-keygen/],
    ['a URL', () => 'https://issuer.example/jwks.json', 'not_pem', /URL/],
    ['two keys', () => spki(rsa.publicKey) + spki(p256.publicKey), 'several_blocks', /2 blocks/],
    ['a block without an end', () => spki(rsa.publicKey).replace(/-----END.*\n/, ''), 'unfinished', /missing/],
    ['bad base64', () => spki(rsa.publicKey).replace('MII', 'M!I'), 'bad_base64', /base64/],
    ['a missing line', () => spki(rsa.publicKey).split('\n').toSpliced(3, 1).join('\n'), 'malformed_key', /public key/],
    [
      'bytes after the key',
      () => wrap('PUBLIC KEY', Buffer.concat([der(p256.publicKey), Buffer.from([5, 0])])),
      'malformed_key',
      /follow/,
    ],
    ['RSA 1024', () => spki(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), 'weak_key', /1024/],
    [
      'an RSA exponent of 3',
      () => spki(generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }).publicKey),
      'weak_key',
      /exponent 3/,
    ],
    [
      'an RSA-PSS key',
      () => spki(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey),
      'unsupported_key',
      /PSS/,
    ],
    [
      'secp256k1',
      () => spki(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey),
      'unsupported_key',
      /curve/,
    ],
    [
      'explicit curve parameters',
      () => spki(generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).publicKey),
      'unsupported_key',
      /parameters/,
    ],
    ['a point off its curve', offCurve, 'malformed_key', /not on the curve/],
    ['a compressed point', compressed, 'unsupported_key', /compressed/],
    ['Ed448', () => spki(generateKeyPairSync('ed448').publicKey), 'unsupported_key', /Ed448/],
    ['X25519', () => spki(generateKeyPairSync('x25519').publicKey), 'unsupported_key', /X25519/],
    [
      'DSA',
      () => spki(generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).publicKey),
      'unsupported_key',
      /DSA/,
    ],
    ['Diffie-Hellman', () => spki(createDiffieHellmanKeys().publicKey), 'unsupported_key', /Diffie/],
    ['a certificate request', () => wrap('CERTIFICATE REQUEST', Buffer.from([0x30, 0])), 'unsupported_key', /request/],
    ['a damaged certificate', () => wrap('CERTIFICATE', certificateDer.slice(0, -5)), 'malformed_key', /certificate/],
    ['64 KiB of text', () => 'x'.repeat(65_537), 'too_large', /longer/],
  ]
  test.each(cases)('%s', async (_, make, code, message) => {
    const reading = await parsePem(make())
    expect(reading).toMatchObject({ ok: false, code })
    if (!reading.ok) expect(reading.message).toMatch(message)
  })

  test('and nothing makes it throw', async () => {
    const base = spki(p256.publicKey)
    await fc.assert(
      fc.asyncProperty(fc.nat(base.length - 1), fc.string({ maxLength: 4 }), async (at, patch) => {
        expect(typeof (await parsePem(base.slice(0, at) + patch + base.slice(at + patch.length))).ok).toBe('boolean')
      }),
      { numRuns: propertyRuns(500) },
    )
  })
})

test('the fingerprint is what openssl and sha256sum show', async () => {
  // The key of RFC 8037 appendix A.2; the hash from: openssl pkey -pubin -outform der | sha256sum
  const pem =
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----'
  const reading = await parsePem(pem)
  expect(reading.ok && reading.key.fingerprint).toBe(
    'SHA256:06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9',
  )
})

describe('certificates of a CA field', () => {
  test('each is described, in order', async () => {
    const read = parseCertificates(certificate + certificate)
    expect(read).toMatchObject({
      ok: true,
      certificates: [
        { subject: 'CN=issuer.example, O=Acme', issuer: 'CN=issuer.example, O=Acme', notAfter: 1_798_761_600 },
        {},
      ],
    })
    if (read.ok && read.certificates[0])
      expect(await certificateFingerprint(read.certificates[0])).toBe(hashOf(certificateDer))
  })
  test.each([
    ['a public key', spki(p256.publicKey), 'not_a_certificate'],
    ['a private key', p256.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'private_key'],
    ['text', 'my ca', 'not_pem'],
    ['nothing', '', 'empty'],
    ['a damaged one', wrap('CERTIFICATE', Buffer.from([0x30, 3, 1, 2, 3])), 'bad_certificate'],
  ])('%s is refused', (_, pem, code) => expect(parseCertificates(pem)).toMatchObject({ ok: false, code }))
})

test('a run of dashes costs what it is long, not its square', () => {
  // Quadratic work would take half a minute here and end the test.
  expect(holdsPrivateKey('-'.repeat(65_000))).toBe(false)
  expect(holdsPrivateKey(`${'-'.repeat(65_000)}BEGIN PRIVATE KEY`)).toBe(true)
})
