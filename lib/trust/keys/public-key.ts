import type { JsonObject } from '../json/json'
import { sha256Hex } from '../sha256-hex'
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

export async function withFingerprint<Key extends PublicKey>(key: Key): Promise<Key & { fingerprint: string }> {
  return { ...key, fingerprint: await fingerprintOf(key.jwk) }
}

async function fingerprintOf(jwk: PublicJwk): Promise<string> {
  // Loaded when there is a key to describe, with the readers and writers of ASN.1.
  const { toSpki } = await import('./der')
  return `SHA256:${await sha256Hex(new Uint8Array(toSpki(jwk)))}`
}
