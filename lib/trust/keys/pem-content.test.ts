import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSelfSigned } from '@/e2e/peers/tls-authority'
import { readCertificates } from '@/lib/net/certificates'
import { toPem } from '../unwrap-text'
import { parseCertificates, parsePem } from './pem'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })
const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const { cert } = createSelfSigned()
const certDer = new X509Certificate(cert).raw

const wrappings: [string, (pem: string) => string][] = [
  ['as it is', (text) => text],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['old Mac line ends', (text) => text.replaceAll('\n', '\r')],
  ['indented by blanks, as in YAML', (text) => `    ${text.trim().replaceAll('\n', '\n    ')}\n`],
  ['indented by tabs', (text) => text.replaceAll('\n', '\n\t')],
  ['blanks behind every line', (text) => text.replaceAll('\n', '  \n')],
  ['a YAML block', (text) => `ca.crt: |\n  ${text.trim().replaceAll('\n', '\n  ')}\nnext: 1\n`],
  ['on one line', (text) => text.replaceAll('\n', ' ')],
  ['without any line end', (text) => text.replaceAll('\n', '')],
  ['escaped line ends', (text) => text.replaceAll('\n', '\\n')],
  ['escaped CRLF', (text) => text.replaceAll('\n', '\\r\\n')],
  ['doubly escaped line ends', (text) => text.replaceAll('\n', '\\\\n')],
  ['a JSON string', (text) => JSON.stringify(text)],
  ['a JSON string whose slashes are escaped too', (text) => JSON.stringify(text).replaceAll('/', '\\/')],
  ['a JSON string that spells = as \\u003d', (text) => JSON.stringify(text).replaceAll('=', '\\u003d')],
  ['a member of JSON', (text) => JSON.stringify({ kid1: text })],
  ['a line of an .env file', (text) => `KEY="${text.replaceAll('\n', '\\n')}"`],
  ['percent-encoded, as proxies send it', (text) => encodeURIComponent(text)],
  ['text around it', (text) => `Certificate:\n  Data: 1\n${text}\n# the end\n`],
  ['a byte order mark', (text) => `\ufeff${text}`],
  ['characters without a width', (text) => text.replaceAll('\n', '\u200b\n')],
  ['headers inside (RFC 1421)', (text) => text.replace('-----\n', '-----\nX-Note: mine\n\n')],
  ['base64 of it', (text) => Buffer.from(text).toString('base64')],
  ['base64 of it, in lines', (text) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n')],
  ['base64url of it', (text) => Buffer.from(text).toString('base64url')],
  ['base64 of base64 of it', (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64')],
  ['a data URL', (text) => `data:application/x-pem-file;base64,${Buffer.from(text).toString('base64')}`],
]

describe('one reader undoes the changes that tools make to a PEM', () => {
  test.each(wrappings)('a public key: %s', async (_, wrap) =>
    expect(await parsePem(wrap(pem))).toEqual(await parsePem(pem)),
  )

  test.each(wrappings)('a CA certificate: %s is read alike when it is saved and when it is used', (_, wrap) => {
    expect(parseCertificates(wrap(cert))).toEqual(parseCertificates(cert))
    expect(readCertificates(wrap(cert))).toEqual([new X509Certificate(cert).toString()])
  })

  test('several certificates are read in their order', () => {
    const other = createSelfSigned().cert
    const indented = `${cert}\n${other}`.replaceAll('\n', '\n    ')
    expect(readCertificates(indented)).toEqual([cert, other].map((one) => new X509Certificate(one).toString()))
  })
})

describe('the bytes decide what a block is, not its label', () => {
  const pkcs1 = rsa.publicKey.export({ type: 'pkcs1', format: 'der' })
  test.each<[string, string, Uint8Array, string]>([
    ['SPKI under RSA PUBLIC KEY', 'RSA PUBLIC KEY', spki(rsa.publicKey), 'RSA 2048'],
    ['PKCS#1 under PUBLIC KEY', 'PUBLIC KEY', pkcs1, 'RSA 2048'],
    ['SPKI under EC PUBLIC KEY', 'EC PUBLIC KEY', spki(ec.publicKey), 'EC P-256'],
    ['SPKI under ECDSA PUBLIC KEY', 'ECDSA PUBLIC KEY', spki(ec.publicKey), 'EC P-256'],
    ['SPKI under ED25519 PUBLIC KEY', 'ED25519 PUBLIC KEY', spki(ed.publicKey), 'Ed25519'],
    ['an RSA key under EC PUBLIC KEY', 'EC PUBLIC KEY', spki(rsa.publicKey), 'RSA 2048'],
    ['SPKI under CERTIFICATE', 'CERTIFICATE', spki(ec.publicKey), 'EC P-256'],
    ['a certificate under PUBLIC KEY', 'PUBLIC KEY', certDer, 'EC P-256'],
    ['a certificate under X509 CERTIFICATE', 'X509 CERTIFICATE', certDer, 'EC P-256'],
    ['a certificate under TRUSTED CERTIFICATE', 'TRUSTED CERTIFICATE', certDer, 'EC P-256'],
    [
      'one with its trust settings',
      'TRUSTED CERTIFICATE',
      Buffer.concat([certDer, Buffer.from('30023000', 'hex')]),
      'EC P-256',
    ],
  ])('%s', async (_, label, der, is) =>
    expect(await parsePem(toPem(label, der))).toMatchObject({ ok: true, key: { label: is } }),
  )

  test('a CA certificate under each of its labels is read and used', () => {
    for (const label of ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'])
      expect(readCertificates(toPem(label, certDer))).toEqual([new X509Certificate(certDer).toString()])
    expect(parseCertificates(toPem('CERTIFICATE', spki(ec.publicKey)))).toMatchObject({
      ok: false,
      code: 'not_a_certificate',
    })
  })

  test('the curve that openssl writes in front of a key does not count', async () => {
    const curve = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
    expect(await parsePem(curve + toPem('PUBLIC KEY', spki(ec.publicKey)))).toMatchObject({ ok: true })
    expect(await parsePem(curve)).toMatchObject({ ok: false, message: expect.stringContaining('curve') })
  })
})

describe('a key in another form is read where it is plain what it is', () => {
  const jwk = rsa.publicKey.export({ format: 'jwk' })
  test.each<[string, string]>([
    ['a body in base64 without its lines', spki(rsa.publicKey).toString('base64')],
    ['PKCS#1 in base64', rsa.publicKey.export({ type: 'pkcs1', format: 'der' }).toString('base64')],
    ['a JWK', JSON.stringify(jwk)],
    ['a JWK with what others say of it', JSON.stringify({ ...jwk, kid: 'a', use: 'sig', key_ops: [] }, null, 2)],
    ['a list of one JWK', JSON.stringify([jwk])],
    ['a JWKS of one key', JSON.stringify({ keys: [jwk] })],
    ['base64 of a JWK', Buffer.from(JSON.stringify(jwk)).toString('base64')],
  ])('%s', async (_, text) => {
    const reading = await parsePem(text)
    expect(reading.ok && reading.key).toEqual(await parsePem(pem).then((read) => read.ok && read.key))
  })

  test('a certificate in bare base64', async () => {
    const text = certDer.toString('base64')
    expect(await parsePem(text)).toMatchObject({ ok: true, key: { label: 'EC P-256' } })
    expect(readCertificates(text)).toEqual([new X509Certificate(certDer).toString()])
  })

  test('an algorithm that a JWK is for goes on to count', async () => {
    expect(await parsePem(JSON.stringify({ ...jwk, alg: 'RS512' }))).toMatchObject({ ok: true, alg: 'RS512' })
  })

  test.each([
    ['one for encryption', { ...jwk, use: 'enc' }, /"use"/],
    ['one for other operations', { ...jwk, key_ops: ['encrypt'] }, /"key_ops"/],
  ])('but not %s', async (_, key, reason) => {
    const reading = await parsePem(JSON.stringify(key))
    expect(reading).toMatchObject({ ok: false, message: expect.stringMatching(reason) })
  })

  test('two keys in one box are sent to boxes of their own', async () => {
    expect(await parsePem(JSON.stringify({ keys: [jwk, jwk] }))).toMatchObject({ ok: false, code: 'several_blocks' })
  })
})

describe('an unreadable message is refused with the place of the fault', () => {
  test.each<[string, string, RegExp]>([
    ['a foreign character', pem.replace(/\n(.)/g, '\n  $1').replace('MII', 'M!I'), /Line 2, .*"!"/],
    ['a cut END line', pem.slice(0, -5), /begins on line 1 .*missing/],
    ['a lost character', pem.replace('MII', 'MI'), /line 1 holds \d+ characters/],
  ])('%s', async (_, text, place) => {
    expect(await parsePem(text)).toMatchObject({ ok: false, message: expect.stringMatching(place) })
  })

  test('the second of two certificates is named by block and line', () => {
    const damaged = cert + toPem('CERTIFICATE', certDer.subarray(0, 90))
    expect(parseCertificates(damaged)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^Block 2, on line \d+, /),
    })
    expect(readCertificates(damaged)).toBeNull()
  })
})

describe('the work that a text costs grows with its length alone', () => {
  // Work that grew faster would take minutes here, and end the test.
  const nested = (tag: number, depth: number) => {
    const headers: number[][] = []
    for (let length = 0; headers.length < depth; length += 5)
      headers.unshift([tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff])
    return Uint8Array.from(headers.flat())
  }
  test.each([0x30, 0x04, 0x24, 0xa0])('DER that nests nine thousand deep (tag %i)', async (tag) => {
    for (const label of ['PUBLIC KEY', 'CERTIFICATE', 'TRUSTED CERTIFICATE']) {
      expect(await parsePem(toPem(label, nested(tag, 9_000)))).toMatchObject({ ok: false })
      expect(parseCertificates(toPem(label, nested(tag, 9_000)))).toMatchObject({ ok: false })
    }
  })
  test('DER of tens of thousands of elements', async () => {
    const flat = Buffer.concat([Buffer.from([0x30, 0x82, 0xbb, 0x80]), Buffer.alloc(48_000, Buffer.from([5, 0]))])
    expect(await parsePem(toPem('PUBLIC KEY', flat))).toMatchObject({ ok: false, code: 'malformed_key' })
  })
  test.each<[string, string]>([
    ['BEGIN lines without an end', '-----BEGIN PUBLIC KEY-----\n'.repeat(40_000)],
    ['END lines', '-----END PUBLIC KEY-----'.repeat(40_000)],
    ['dashes', '-'.repeat(1_048_576)],
    ['backslashes', `-----BEGIN X-----${'\\'.repeat(1_000_000)}`],
    ['quotes', '"'.repeat(1_048_576)],
    ['base64', 'A'.repeat(1_048_576)],
    ['blanks', `MI${' '.repeat(1_000_000)}!`],
    ['starts of encoded PEM', 'LS0tLS1CRUdJTi'.repeat(70_000)],
    ['elements of XML without an end', '<D>'.repeat(300_000)],
  ])('a mebibyte of %s', async (_, text) => {
    const { takeKeys } = await import('@/components/trusts/keys/take-keys')
    expect((await takeKeys(text)).ok).toBe(false)
    expect((await parsePem(text)).ok).toBe(false)
  })
})
