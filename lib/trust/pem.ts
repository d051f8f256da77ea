import { AsnConvert } from '@peculiar/asn1-schema'
import { describe, isCertificateLabel, readCertificate } from './certificate'
import { type KeyProblem, type KeyReading, refuse } from './jwk'
import { type PemBlock, type PemRefusal, readPemBlocks } from './pem-blocks'
import { type PublicKeyInfo, withFingerprint } from './public-key'
import { readPkcs1, readSpki } from './spki'

export { certificateFingerprint, parseCertificates } from './certificate'

export type PemKeyReading =
  | { ok: true; key: PublicKeyInfo }
  | { ok: false; code: PemRefusal['code'] | KeyProblem | 'several_blocks'; message: string }

/**
 * Reads the one public key of a pasted PEM: SPKI, PKCS#1 RSA, or the key of a certificate. Never throws; no message
 * repeats what was pasted, so it may be shown and logged even if that was a private key.
 */
export async function parsePem(text: string): Promise<PemKeyReading> {
  const read = readPemBlocks(text)
  if (!read.ok) return read
  const [block, ...more] = read.blocks
  if (!block || more.length > 0) {
    const message = `There are ${read.blocks.length} blocks here. Give each key a box of its own.`
    return { ok: false, code: 'several_blocks', message }
  }
  const reading = readBlock(block)
  if (!reading.ok) return { ok: false, code: reading.code, message: reading.message }
  const key = await withFingerprint(reading.key)
  const certificate = isCertificateLabel(block.label) ? readCertificate(block.der) : null
  if (!certificate) return { ok: true, key }
  const { subject, notBefore, notAfter } = describe(certificate)
  return { ok: true, key: { ...key, certificate: { subject, notBefore, notAfter } } }
}

function readBlock({ label, der }: PemBlock): KeyReading {
  if (label === 'PUBLIC KEY') return readSpki(der)
  if (label === 'RSA PUBLIC KEY') return readPkcs1(der)
  if (!isCertificateLabel(label))
    return refuse('unsupported_key', otherBlocks[label] ?? `A ${label} is not a public key.`)
  const certificate = readCertificate(der)
  if (!certificate) return refuse('malformed_key', 'The certificate cannot be read: it is damaged or cut short.')
  return readSpki(new Uint8Array(AsnConvert.serialize(certificate.tbsCertificate.subjectPublicKeyInfo)))
}

const otherBlocks: Record<string, string> = {
  'CERTIFICATE REQUEST': 'This is a certificate request. Give the certificate, or the public key alone.',
  'NEW CERTIFICATE REQUEST': 'This is a certificate request. Give the certificate, or the public key alone.',
  'X509 CRL': 'This is a list of revoked certificates, not a public key.',
  'EC PARAMETERS':
    'These are the parameters of a curve, not a public key. Make one with: openssl pkey -in key.pem -pubout',
  'DH PARAMETERS': 'These are Diffie-Hellman parameters, not a public key.',
  'PGP PUBLIC KEY BLOCK': 'This is a PGP key. Give a PEM public key instead.',
}
