import { ECParameters, id_ecPublicKey } from '@peculiar/asn1-ecc'
import { id_rsaEncryption, RSAPublicKey } from '@peculiar/asn1-rsa'
import { AsnConvert } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { decodeBase64url } from './base64url'
import { isModestDer } from './der-kind'
import { toHex } from './integer'
import type { PublicJwk } from './jwk'

export const id_ed25519 = '1.3.101.112'
export const curveOids = { 'P-256': '1.2.840.10045.3.1.7', 'P-384': '1.3.132.0.34', 'P-521': '1.3.132.0.35' } as const

/** First byte of a point that gives both coordinates (SEC 1 §2.3.3). */
export const uncompressed = 4

/** What DER bytes say, or null when they are not exactly one value of that type in DER: nothing may follow. Never throws. */
export function parseDer<Value>(der: Uint8Array<ArrayBuffer>, type: new () => Value): Value | null {
  try {
    if (!isModestDer(der)) return null
    const value = AsnConvert.parse(der, type)
    return toHex(new Uint8Array(AsnConvert.serialize(value))) === toHex(der) ? value : null
  } catch {
    return null
  }
}

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in DER, as OpenSSL writes it. */
export function toSpki(jwk: PublicJwk): ArrayBuffer {
  if (jwk.kty === 'OKP') return spki(id_ed25519, undefined, bytesOf(jwk.x))
  if (jwk.kty === 'EC') {
    const curve = AsnConvert.serialize(new ECParameters({ namedCurve: curveOids[jwk.crv] }))
    return spki(id_ecPublicKey, curve, Uint8Array.from([uncompressed, ...bytesOf(jwk.x), ...bytesOf(jwk.y)]))
  }
  const key = new RSAPublicKey({ modulus: integer(bytesOf(jwk.n)), publicExponent: integer(bytesOf(jwk.e)) })
  return spki(id_rsaEncryption, null, new Uint8Array(AsnConvert.serialize(key)))
}

function spki(
  algorithm: string,
  parameters: ArrayBuffer | null | undefined,
  bits: Uint8Array<ArrayBuffer>,
): ArrayBuffer {
  const identifier = new AlgorithmIdentifier({ algorithm, parameters })
  return AsnConvert.serialize(new SubjectPublicKeyInfo({ algorithm: identifier, subjectPublicKey: bits.buffer }))
}

const bytesOf = (text: string) => decodeBase64url(text) ?? new Uint8Array()

/** A DER integer is signed: a leading zero keeps one whose first bit is set positive. */
function integer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from((bytes[0] ?? 0) < 0x80 ? bytes : [0, ...bytes]).buffer
}
