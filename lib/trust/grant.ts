import { z } from 'zod'
import { IpRange } from './ip-range'

/** Ten years, the longest the Infisical wire can say. */
export const durationSecondsMax = 315_360_000

/** No access token outlives ninety days, whatever a trust asks for. */
export const issuedSecondsMax = 90 * 24 * 3600

const seconds = z.int().min(0).max(durationSecondsMax)

/** The access token that an accepted token is exchanged for. */
export const Grant = z.object({
  /** Lifetime of an access token; 0 = as long as `ttlSecondsMax` allows. */
  ttlSeconds: seconds.default(2_592_000),
  /** How far renewals may reach, counted from first issue; 0 = ninety days. */
  ttlSecondsMax: seconds.default(2_592_000),
  /** How often an access token may be used; 0 = unlimited. */
  usesMax: z.int().min(0).max(2_147_483_647).default(0),
  /** From where an access token may be used: addresses or CIDR ranges, v4 or v6. */
  trustedIps: z.array(IpRange).min(1).max(100).default(['0.0.0.0/0', '::/0']),
  /** Claims of the login token to copy into the access token: name → claim path. Each claim named here must be present. */
  metadata: z.record(z.string().min(1).max(100), z.string().min(1).max(500)).default({}),
  /**
   * Claims of the login token that the access token repeats under their own names, with their types. A missing one becomes empty
   * (no texts, or 0); one of another type refuses the login.
   */
  carry: z.record(z.string().min(1).max(100), z.enum(['texts', 'uint64'])).optional(),
})
export type Grant = z.output<typeof Grant>

/** The granted lifetime in seconds: the smallest of TTL, maximum TTL and ninety days (docs/verification.md). */
export function grantedSeconds(grant: Pick<Grant, 'ttlSeconds' | 'ttlSecondsMax'>): number {
  return Math.min(grant.ttlSeconds || issuedSecondsMax, grant.ttlSecondsMax || issuedSecondsMax, issuedSecondsMax)
}

/** How far renewals may reach from first issue, in seconds. */
export function grantedSecondsMax(grant: Pick<Grant, 'ttlSecondsMax'>): number {
  return Math.min(grant.ttlSecondsMax || issuedSecondsMax, issuedSecondsMax)
}
