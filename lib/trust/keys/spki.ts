import { ECParameters, id_ecPublicKey } from '@peculiar/asn1-ecc'
import { id_rsaEncryption, RSAPublicKey } from '@peculiar/asn1-rsa'
import { AsnConvert } from '@peculiar/asn1-schema'
import { type Certificate, SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { encodeBase64url } from './base64url'
import { curveOids, id_ed25519, parseDer, uncompressed } from './der'
import { type KeyReading, readJwk, refuse } from './jwk'

/** Reads and judges SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) in DER. Never throws. */
export function readSpki(der: Uint8Array<ArrayBuffer>): KeyReading {
  const info = parseDer(der, SubjectPublicKeyInfo)
  if (!info)
    return refuse(
      'malformed_key',
      'The bytes cannot be read as a public key: they are something else, part of them is missing, or others follow.',
    )
  const { algorithm, parameters } = info.algorithm
  const bits = new Uint8Array(info.subjectPublicKey)
  if (algorithm === id_rsaEncryption) return readPkcs1(bits)
  if (algorithm === id_ecPublicKey) return readPoint(bits, parameters ?? null)
  if (algorithm === id_ed25519) return readJwk({ kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(bits) })
  return refuse('unsupported_key', unsupported[algorithm] ?? `Keys of algorithm ${algorithm} are not supported. ${use}`)
}

/** Reads and judges an RSAPublicKey (PKCS#1, RFC 8017 appendix A.1.1) in DER. Never throws. */
export function readPkcs1(der: Uint8Array<ArrayBuffer>): KeyReading {
  const key = parseDer(der, RSAPublicKey)
  if (!key) return refuse('malformed_key', 'The bytes are no RSA public key, or others follow it.')
  const n = new Uint8Array(key.modulus)
  const e = new Uint8Array(key.publicExponent)
  if ((n[0] ?? 0x80) >= 0x80 || (e[0] ?? 0x80) >= 0x80) {
    return refuse('malformed_key', 'The RSA modulus or exponent is negative: this is no public key.')
  }
  return readJwk({ kty: 'RSA', n: encodeBase64url(n), e: encodeBase64url(e) })
}

/** Reads and judges the key of a certificate; null is one that cannot be read. Never throws. */
export function readCertificateKey(certificate: Certificate | null): KeyReading {
  if (!certificate) return refuse('malformed_key', 'The certificate cannot be read: it is damaged or cut short.')
  return readSpki(new Uint8Array(AsnConvert.serialize(certificate.tbsCertificate.subjectPublicKeyInfo)))
}

const use = 'Use RSA (2048 bits or more), EC (P-256, P-384, P-521) or Ed25519.'

const unsupported: Record<string, string> = {
  '1.3.101.110': `X25519 is a key for agreeing on secrets; it cannot verify signatures. ${use}`,
  '1.3.101.111': `X448 is a key for agreeing on secrets; it cannot verify signatures. ${use}`,
  '1.3.101.113': `Ed448 is not supported. ${use}`,
  '1.2.840.10040.4.1': `DSA is not supported. ${use}`,
  '1.2.840.113549.1.3.1': `This is a Diffie-Hellman key; it cannot verify signatures. ${use}`,
  '1.2.840.10046.2.1': `This is a Diffie-Hellman key; it cannot verify signatures. ${use}`,
  '1.2.840.113549.1.1.10':
    'This RSA key is marked for PSS alone, which browsers cannot read. Export it as a plain RSA key.',
}

function readPoint(point: Uint8Array, parameters: ArrayBuffer | null): KeyReading {
  const named = parameters && parseDer(new Uint8Array(parameters), ECParameters)
  if (!named?.namedCurve) {
    return refuse(
      'unsupported_key',
      'The curve is spelt out in parameters (CVE-2020-0601); export the key with a named curve.',
    )
  }
  const crv = Object.entries(curveOids).find(([, oid]) => oid === named.namedCurve)?.[0]
  if (!crv)
    return refuse('unsupported_key', `The curve ${named.namedCurve} is not supported; use P-256, P-384 or P-521.`)
  if (point[0] !== uncompressed) {
    return refuse(
      'unsupported_key',
      'The point is compressed; export it with: openssl ec -pubin -conv_form uncompressed',
    )
  }
  const half = (point.length - 1) / 2
  const [x, y] = [point.slice(1, 1 + half), point.slice(1 + half)]
  return readJwk({ kty: 'EC', crv, x: encodeBase64url(x), y: encodeBase64url(y) })
}
