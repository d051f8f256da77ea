import { isJsonObject, type JsonObject, parseJson } from '../json/json'
import { unwrapText } from '../unwrap-text'
import { describe, firstCertificate } from './certificate'
import { derKindOf } from './der-kind'
import { jwkMember, type KeyProblem, type KeyReading, purposeFault, readJwk } from './jwk'
import { type PemBlock, type PemRefusal, pemCharactersMax, readPemBlocks } from './pem-blocks'
import { type PublicKeyInfo, withFingerprint } from './public-key'
import { readCertificateKey, readPkcs1, readSpki } from './spki'

export { certificateFingerprint, parseCertificates } from './certificate'

export type PemKeyReading =
  /** `alg`: the only algorithm that a pasted JWK says it is for. */
  | { ok: true; key: PublicKeyInfo; alg?: string }
  | { ok: false; code: PemRefusal['code'] | KeyProblem | 'several_blocks'; message: string }

/**
 * Reads the one public key of a pasted text: SPKI, PKCS#1 RSA or the key of a certificate, in PEM under whatever label, or in
 * bare base64; or a JWK, alone or as the only one of a set. Never throws; no message repeats what was pasted, so it may be shown
 * and logged even if that was a private key.
 */
export async function parsePem(text: string): Promise<PemKeyReading> {
  const jwks = text.length <= pemCharactersMax ? jwksIn(text) : null
  if (jwks) return readJwks(jwks)
  const read = readPemBlocks(text)
  if (!read.ok) return read
  const [block, ...more] = read.blocks
  if (more.length > 0) return several(read.blocks.length)
  const reading = readBlock(block)
  if (!reading.ok) return { ok: false, code: reading.code, message: reading.message }
  const key = await withFingerprint(reading.key)
  const certificate = firstCertificate(block.der)
  if (!certificate) return { ok: true, key }
  const { subject, notBefore, notAfter } = describe(certificate)
  return { ok: true, key: { ...key, certificate: { subject, notBefore, notAfter } } }
}

/** The JSON Web Keys a text spells, alone, in a list or in a set; null when it is something else. */
export function jwksIn(text: string): JsonObject[] | null {
  const unwrapped = unwrapText(text)
  if (unwrapped.kind !== 'text' || !/^[[{]/.test(unwrapped.text)) return null
  const parsed = parseJson(unwrapped.text)
  if (!parsed.ok) return null
  const { value } = parsed
  const list = isJsonObject(value) && Array.isArray(value.keys) ? value.keys : Array.isArray(value) ? value : [value]
  const keys = list.filter(isJsonObject)
  return keys.length === list.length && keys.some(({ kty }) => kty !== undefined) ? keys : null
}

async function readJwks([jwk, ...more]: JsonObject[]): Promise<PemKeyReading> {
  if (!jwk || more.length > 0) return several(more.length + 1)
  const reading = readJwk(jwk)
  if (!reading.ok) return { ok: false, code: reading.code, message: reading.message }
  const fault = purposeFault(jwk)
  if (fault) return { ok: false, code: 'unsupported_key', message: fault }
  const alg = jwkMember(jwk, 'alg')
  const key = await withFingerprint(reading.key)
  return typeof alg === 'string' ? { ok: true, key, alg } : { ok: true, key }
}

const several = (count: number): PemKeyReading => ({
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
