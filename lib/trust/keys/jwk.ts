import type { Algorithm } from '../algorithms'
import { cutText } from '../cut-text'
import { type JsonObject, type JsonValue, stringifyJson } from '../json/json'
import { decodeBase64url, encodeBase64url } from './base64url'
import { curves, ed25519Fault, isOnCurve } from './elliptic'
import { bytesOfInteger, integerOf } from './integer'
import { rsaFault } from './rsa'

/** A public key in its barest form (RFC 7517): only the members that make the key, in their canonical spelling. */
export type PublicJwk =
  | { kty: 'RSA'; n: string; e: string }
  | { kty: 'EC'; crv: 'P-256' | 'P-384' | 'P-521'; x: string; y: string }
  | { kty: 'OKP'; crv: 'Ed25519'; x: string }

/** A public key fit to verify with. */
export type PublicKey = {
  jwk: PublicJwk
  type: 'RSA' | 'EC' | 'OKP'
  /** "RSA 2048", "EC P-256", "Ed25519". */
  label: string
  sizeBits: number
  /** The algorithms this key can verify. */
  algorithms: Algorithm[]
}

/** `weak_key` is a key of the right kind that is not safe to rely on; the others cannot verify at all. */
export type KeyProblem = 'private_key' | 'symmetric_key' | 'unsupported_key' | 'malformed_key' | 'weak_key'

export type KeyReading = { ok: true; key: PublicKey } | KeyRefusal
/** `label` names a weak key ("RSA 1024"); null when there is nothing to name. */
export type KeyRefusal = { ok: false; code: KeyProblem; message: string; label: string | null }

const rsaAlgorithms: Algorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']

/** Members that hold a private key (RFC 7518 §6.2.2, §6.3.2; `priv` of RFC 9964), and the one of a shared secret (§6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv'] as const
export const secretMembers = [...privateMembers, 'k'] as const

/**
 * A member of a JSON Web Key. One that holds nothing (null, an empty text, list or object) says nothing, so it counts as absent
 * (RFC 7517 §4): libraries write every member they know, filled or not.
 */
export function jwkMember(jwk: JsonObject, name: string): JsonValue | undefined {
  const value = Object.hasOwn(jwk, name) ? jwk[name] : undefined
  return value === undefined || holdsNothing(value) ? undefined : value
}

function holdsNothing(value: JsonValue): boolean {
  if (value === null || value === '') return true
  return typeof value === 'object' && Object.values(value).every(holdsNothing)
}

/** The key ID of a JSON Web Key; null when it has none, or one that is not text. */
export function kidOf(jwk: JsonObject): string | null {
  const kid = jwkMember(jwk, 'kid')
  return typeof kid === 'string' ? kid : null
}

/** SPIFFE bundles mark their JWT keys so (SPIFFE Trust Domain and Bundle §4.2.1); everyone else writes `sig`. */
const signingUses: unknown[] = ['sig', 'jwt-svid']

/** Why a key verifies no signature by what it says of itself (`use`, `key_ops`: RFC 7517 §4.2, §4.3); null when it may. */
export function purposeFault(jwk: JsonObject): string | null {
  const use = jwkMember(jwk, 'use')
  const operations = jwkMember(jwk, 'key_ops')
  if (use !== undefined && !signingUses.includes(use))
    return `The key is for another use: its "use" is ${cutText(stringifyJson(use), 100)}, not "sig".`
  if (operations === undefined || (Array.isArray(operations) && operations.includes('verify'))) return null
  return `The key's "key_ops" do not allow "verify": ${cutText(stringifyJson(operations), 100)}.`
}

/**
 * Reads and judges a JSON Web Key. Members are whatever a source sent: of any type, and possibly private, which makes
 * the key unusable. Never throws, and no message repeats key material.
 */
export function readJwk(jwk: JsonObject): KeyReading {
  const kty = jwkMember(jwk, 'kty')
  if (kty === 'oct' || jwkMember(jwk, 'k') !== undefined) {
    return refuse(
      'symmetric_key',
      'This is a shared secret (kty "oct"), not a public key. A party that can verify with it can also sign.',
    )
  }
  if (privateMembers.some((name) => jwkMember(jwk, name) !== undefined)) {
    return refuse(
      'private_key',
      'This key carries private members. Remove it, treat it as leaked, and use its public half alone.',
    )
  }
  if (kty === 'RSA') return readRsa(jwk)
  if (kty === 'EC') return readEc(jwk)
  if (kty === 'OKP') return readOkp(jwk)
  if (typeof kty !== 'string') return refuse('malformed_key', 'The key names no type ("kty").')
  return refuse('unsupported_key', `Keys of type ${quote(kty)} are not supported; use RSA, EC or OKP (Ed25519).`)
}

export function refuse(code: KeyProblem, message: string, label: string | null = null): KeyRefusal {
  return { ok: false, code, message, label }
}

function readRsa(jwk: JsonObject): KeyReading {
  const modulus = bytesOf(jwk, 'n')
  const exponent = bytesOf(jwk, 'e')
  const written = jwkMember(jwk, 'n')
  if (typeof written === 'string' && written.length > memberCharactersMax)
    return refuse('weak_key', 'The RSA modulus is longer than any that is read (8192 bits).')
  if (!modulus || !exponent) {
    return refuse('malformed_key', 'An RSA key needs "n" and "e", both base64url without padding.')
  }
  const n = integerOf(modulus)
  const e = integerOf(exponent)
  const sizeBits = n === 0n ? 0 : n.toString(2).length
  const label = `RSA ${sizeBits}`
  const fault = rsaFault(n, e, sizeBits)
  if (fault) return refuse('weak_key', fault, label)
  // Without leading zero bytes (RFC 7518 §6.3.1.1): some issuers write them, and browsers refuse them.
  const bare = { kty: 'RSA', n: encodeBase64url(bytesOfInteger(n)), e: encodeBase64url(bytesOfInteger(e)) } as const
  return { ok: true, key: { jwk: bare, type: 'RSA', label, sizeBits, algorithms: rsaAlgorithms } }
}

const ecAlgorithms = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' } as const
const ecBits = { 'P-256': 256, 'P-384': 384, 'P-521': 521 } as const

function readEc(jwk: JsonObject): KeyReading {
  const crv = jwkMember(jwk, 'crv')
  if (crv !== 'P-256' && crv !== 'P-384' && crv !== 'P-521') {
    return refuse('unsupported_key', `The curve ${quote(crv)} is not supported; use P-256, P-384 or P-521.`)
  }
  const curve = curves[crv]
  const x = bytesOf(jwk, 'x')
  const y = bytesOf(jwk, 'y')
  if (!curve || x?.length !== curve.bytes || y?.length !== curve.bytes) {
    return refuse(
      'malformed_key',
      `A ${crv} key needs "x" and "y" of ${curve?.bytes} bytes each, base64url without padding.`,
    )
  }
  if (!isOnCurve(curve, integerOf(x), integerOf(y))) {
    return refuse('malformed_key', `The point is not on the curve ${crv}: this is no public key.`)
  }
  const bare = { kty: 'EC', crv, x: encodeBase64url(x), y: encodeBase64url(y) } as const
  const label = `EC ${crv}`
  return { ok: true, key: { jwk: bare, type: 'EC', label, sizeBits: ecBits[crv], algorithms: [ecAlgorithms[crv]] } }
}

function readOkp(jwk: JsonObject): KeyReading {
  const crv = jwkMember(jwk, 'crv')
  if (crv === 'X25519' || crv === 'X448') {
    return refuse(
      'unsupported_key',
      `${crv} is a key for agreeing on secrets; it cannot verify signatures. Use Ed25519.`,
    )
  }
  if (crv !== 'Ed25519') return refuse('unsupported_key', `The curve ${quote(crv)} is not supported; use Ed25519.`)
  const x = bytesOf(jwk, 'x')
  if (x?.length !== 32)
    return refuse('malformed_key', 'An Ed25519 key needs "x" of 32 bytes, base64url without padding.')
  const fault = ed25519Fault(x)
  if (fault === 'small-order') {
    return refuse(
      'weak_key',
      'This Ed25519 point has a small order: anyone can sign for it. Make a new key.',
      'Ed25519',
    )
  }
  if (fault) return refuse('malformed_key', 'The bytes are no point of Ed25519: this is no public key.')
  const bare = { kty: 'OKP', crv, x: encodeBase64url(x) } as const
  return {
    ok: true,
    key: { jwk: bare, type: 'OKP', label: 'Ed25519', sizeBits: 256, algorithms: ['EdDSA', 'Ed25519'] },
  }
}

/** 4 KiB of base64url is beyond any key that is accepted, so longer members are not decoded. */
const memberCharactersMax = 4096

function bytesOf(jwk: JsonObject, name: string): Uint8Array | null {
  const text = jwkMember(jwk, name)
  return typeof text === 'string' && text.length > 0 && text.length <= memberCharactersMax
    ? decodeBase64url(text)
    : null
}

const quote = (value: JsonValue | undefined) =>
  typeof value === 'string' ? JSON.stringify(cutText(value, 40)) : 'it names'
