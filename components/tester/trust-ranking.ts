import type { Verdict } from '@/lib/trust/engine/verdict'

/**
 * Sorts judged trusts: those that accept the token first, then the nearest. Nearer is a trust that demands something, then one of
 * the token's issuer or of one that is spelled almost so, then one whose key verified it, then one with fewer failed checks, then one
 * whose rules demand more. Pure and stable.
 */
export function rankVerdicts<Judged extends { verdict: Verdict }>(judged: readonly Judged[]): Judged[] {
  return judged
    .map((one) => ({ one, distance: distanceOf(one.verdict) }))
    .sort((first, second) => compare(first.distance, second.distance))
    .map(({ one }) => one)
}

/** Compared element by element; smaller is nearer. */
function distanceOf({ accepted, checks }: Verdict): number[] {
  const status = (id: string) => checks.find((check) => check.id === id)?.status
  const failed = checks.filter((check) => check.status === 'fail').length
  return [
    accepted ? 0 : 1,
    demandsNothing(checks) ? 1 : 0,
    issuerDistance(checks),
    status('signature') === 'pass' ? 0 : 1,
    failed,
    -checks.filter(({ id, status: result }) => isClaimCheck(id) && result === 'pass').length,
  ]
}

/** 0: of the token's issuer · 1: of one that is spelled almost so · 2: of any, which is less specific · 3: of another. */
export function issuerDistance(checks: Verdict['checks']): 0 | 1 | 2 | 3 {
  const issuer = checks.find(({ id }) => id === 'iss')
  if (issuer?.status === 'pass') return 0
  if (issuer?.status === 'warn') return 2
  const { expected, received } = issuer ?? {}
  return expected !== undefined && received !== undefined && plainIssuer(expected) === plainIssuer(received) ? 1 : 3
}

/** Without what people overlook in an issuer: its scheme, slashes and spaces at its ends, upper and lower case. */
const plainIssuer = (shown: string) => shown.toLowerCase().replace(/^"\s*(?:https?:\/\/)?|[\s/]*"$/g, '')

/** Whether a trust asks for no issuer and no claim: it refuses few tokens, which makes it no nearer to any. */
export const demandsNothing = (checks: Verdict['checks']): boolean =>
  !checks.some((check) => (check.id === 'iss' || isClaimCheck(check.id)) && isDemand(check))

/** A check that was made, of more than the pattern that every text matches. */
const isDemand = ({ status, expected }: Verdict['checks'][number]) =>
  (status === 'pass' || status === 'fail') && !/^"\*+"$/.test(expected ?? '')

const isClaimCheck = (id: string) => id === 'aud' || id === 'sub' || id.startsWith('claim:')

function compare(first: readonly number[], second: readonly number[]): number {
  for (const [at, distance] of first.entries()) {
    const difference = distance - (second[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
