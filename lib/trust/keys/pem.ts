import type { JsonObject } from '../json/json'
import { describe, firstCertificate } from './certificate'
import { derKindOf } from './der-kind'
import { jwkMember, type KeyProblem, type KeyReading, purposeFault, readJwk } from './jwk'
import { jwksIn } from './jwks-in'
import { type PemBlock, type PemRefusal, readPemBlocks } from './pem-blocks'
import { pemCharactersMax } from './pem-characters-max'
import { type PublicKeyInfo, withFingerprint } from './public-key'
import { readCertificateKey, readPkcs1, readSpki } from './spki'

export { certificateFingerprint, parseCertificates } from './certificate'

type PemFailure = { ok: false; code: PemRefusal['code'] | KeyProblem | 'several_blocks'; message: string }
/** `alg`: the only algorithm that a pasted JWK says it is for. */
export type PemKeyReading = { ok: true; key: PublicKeyInfo; alg?: string } | PemFailure
export type BarePemReading = { ok: true; key: Omit<PublicKeyInfo, 'fingerprint'>; alg?: string } | PemFailure

/**
 * Reads the one public key of a pasted text: SPKI, PKCS#1 RSA or the key of a certificate, in PEM under whatever label, or in
 * bare base64; or a JWK, alone or as the only one of a set. Never throws; no message repeats what was pasted, so it may be shown
 * and logged even if that was a private key.
 */
export async function parsePem(text: string): Promise<PemKeyReading> {
  const read = readPemKey(text)
  return read.ok ? { ...read, key: await withFingerprint(read.key) } : read
}

/** The reading of `parsePem` without the fingerprint. */
export function readPemKey(text: string): BarePemReading {
  const jwks = text.length <= pemCharactersMax ? jwksIn(text) : null
  if (jwks) return readJwks(jwks)
  const read = readPemBlocks(text)
  if (!read.ok) return read
  const [block, ...more] = read.blocks
  if (more.length > 0) return several(read.blocks.length)
  const reading = readBlock(block)
  if (!reading.ok) return { ok: false, code: reading.code, message: reading.message }
  const certificate = firstCertificate(block.der)
  if (!certificate) return { ok: true, key: reading.key }
  const { subject, notBefore, notAfter } = describe(certificate)
  return { ok: true, key: { ...reading.key, certificate: { subject, notBefore, notAfter } } }
}

function readJwks([jwk, ...more]: JsonObject[]): BarePemReading {
  if (!jwk || more.length > 0) return several(more.length + 1)
  const reading = readJwk(jwk)
  if (!reading.ok) return { ok: false, code: reading.code, message: reading.message }
  const fault = purposeFault(jwk)
  if (fault) return { ok: false, code: 'unsupported_key', message: fault }
  const alg = jwkMember(jwk, 'alg')
  return typeof alg === 'string' ? { ok: true, key: reading.key, alg } : { ok: true, key: reading.key }
}

const several = (count: number): PemFailure => ({
  ok: false,
  code: 'several_blocks',
  message: `There are ${count} blocks here. Give each key a box of its own.`,
})

/** What the bytes are decides, whatever the label says, as it does for OpenSSL, Go and Node. */
function readBlock({ label, der }: PemBlock): KeyReading {
  const kind = derKindOf(der)
  if (kind === 'rsa-public-key') return readPkcs1(der)
  if (kind === 'public-key') return readSpki(der)
  const isCertificate = kind === 'certificate' || label.endsWith('CERTIFICATE')
  return isCertificate ? readCertificateKey(firstCertificate(der)) : readSpki(der)
}
