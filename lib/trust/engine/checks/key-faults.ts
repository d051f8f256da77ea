import type { Algorithm } from '../../algorithms'
import { jwkMember, purposeFault } from '../../keys/jwk'
import { show } from './check'
import type { Candidate } from './key-candidates'

/** The type of key each algorithm needs (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864). */
const needs: Record<Algorithm, { kty: string; crv?: string }> = {
  RS256: { kty: 'RSA' },
  RS384: { kty: 'RSA' },
  RS512: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  PS384: { kty: 'RSA' },
  PS512: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  ES512: { kty: 'EC', crv: 'P-521' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  Ed25519: { kty: 'OKP', crv: 'Ed25519' },
}

/**
 * Why a key cannot verify tokens of an algorithm, in a sentence for the trust's owner; null when it can. `use`,
 * `key_ops`, `alg`, `kty` and `crv` must all agree with the algorithm where they are present (RFC 7517 §4).
 */
export function useFault({ jwk, reading }: Candidate, alg: Algorithm): string | null {
  if (!reading.ok && reading.code !== 'weak_key') return reading.message
  const need = needs[alg]
  if (jwk.kty !== need.kty || (need.crv && jwk.crv !== need.crv)) {
    const is = [jwk.kty, jwk.crv].filter((part) => typeof part === 'string').join(' ')
    return `${alg} needs a key of type ${need.kty}${need.crv ? ` ${need.crv}` : ''}; this one is ${is}.`
  }
  const fault = purposeFault(jwk)
  if (fault) return fault
  const itsAlg = jwkMember(jwk, 'alg')
  if (itsAlg === undefined || sameAlgorithm(itsAlg) === sameAlgorithm(alg)) return null
  return `The key is for ${show(itsAlg)} and the token is signed with ${alg}.`
}

/** Why a key of the right kind must not be relied on; null when nothing speaks against it. */
export const strengthFault = ({ reading }: Candidate) => (reading.ok ? null : reading.message)

/** `Ed25519` is the new name of what `EdDSA` means with an Ed25519 key (RFC 9864 §2.2). */
const sameAlgorithm = (name: unknown) => (name === 'EdDSA' ? 'Ed25519' : name)
