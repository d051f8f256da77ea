import { z } from 'zod'

/**
 * Signature algorithms a trust may allow (RFC 7518 §3.1, RFC 8037, RFC 9864). Asymmetric only: `none` and HMAC cannot
 * be spelled here, so they cannot be allowed.
 */
export const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const
export const Algorithm = z.enum(algorithms)
export type Algorithm = z.output<typeof Algorithm>

export const isAlgorithm = (name: unknown): name is Algorithm => Algorithm.safeParse(name).success
