import type { JsonObject } from '../json/json'
import { sha256Hex } from '../sha256-hex'
import { toSpki } from './der'
import { type KeyRefusal, type PublicJwk, type PublicKey, readJwk } from './jwk'

/** A public key and what people want to know of it. */
export type PublicKeyInfo = PublicKey & {
  /** `SHA256:` and what `openssl pkey -pubin -outform der | sha256sum` shows: lowercase hex. */
  fingerprint: string
  /** Where the key came in a certificate: whose, and from when to when (epoch seconds). */
  certificate?: { subject: string; notBefore: number; notAfter: number }
}

/** Judges a JSON Web Key from anywhere, for showing it to people. Never throws; no message repeats key material. */
export async function inspectJwk(jwk: JsonObject): Promise<{ ok: true; key: PublicKeyInfo } | KeyRefusal> {
  const reading = readJwk(jwk)
  return reading.ok ? { ok: true, key: await withFingerprint(reading.key) } : reading
}

export async function withFingerprint(key: PublicKey): Promise<PublicKeyInfo> {
  return { ...key, fingerprint: await fingerprintOf(key.jwk) }
}

export async function fingerprintOf(jwk: PublicJwk): Promise<string> {
  return `SHA256:${await sha256Hex(toSpki(jwk))}`
}
