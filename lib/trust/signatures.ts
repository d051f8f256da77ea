import { CompactSign, compactVerify, errors, importJWK, type JWK } from 'jose'
import type { Algorithm } from './algorithms'
import type { PublicJwk } from './keys/jwk'
import { type Sha256, setSha256, webSha256 } from './sha256-hex'

/** A key as the platform holds it. Only the `Signatures` that imported it can use it. */
export type ImportedKey = object

/**
 * The implementation of cryptography: WebCrypto in the browser, `node:crypto` on the server, where it costs a third. The test
 * vectors check that both give the same verdicts.
 */
export type Signatures = {
  /** Throws or rejects for a key that the platform does not take. */
  importPublic(jwk: PublicJwk, alg: Algorithm): ImportedKey | Promise<ImportedKey>
  importPrivate(jwk: JWK, alg: Algorithm): ImportedKey | Promise<ImportedKey>
  /** Whether the last segment of a JWS in compact form signs the two before it. */
  verify(token: string, alg: Algorithm, key: ImportedKey): boolean | Promise<boolean>
  /** A JWS in compact form (RFC 7515 §3.1). */
  sign(
    header: { alg: Algorithm; [member: string]: string },
    payload: string,
    key: ImportedKey,
  ): string | Promise<string>
  sha256: Sha256
}

/** The implementation that was set last; WebCrypto by default. */
export const signatures = (): Signatures => current

/** Called once, when the process begins. */
export function setSignatures(those: Signatures): void {
  current = those
  setSha256(those.sha256)
}

export const webSignatures: Signatures = {
  importPublic: (jwk, alg) => importJWK({ ...jwk }, alg),
  importPrivate: (jwk, alg) => importJWK(jwk, alg),
  async verify(token, alg, key) {
    try {
      await compactVerify(token, key as CryptoKey, { algorithms: [alg] })
      return true
    } catch (error) {
      if (error instanceof errors.JOSEError && !(error instanceof errors.JOSENotSupported)) return false
      throw error
    }
  },
  // The payload is written by us: SignJWT would round integers beyond 2^53.
  sign: (header, payload, key) =>
    new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader(header).sign(key as CryptoKey),
  sha256: webSha256,
}

let current = webSignatures
