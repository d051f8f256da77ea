import type { Verdict } from '@/lib/trust/engine/verdict'

/**
 * Orders judged trusts: those that accept the token first, then those it came nearest to. A trust of the token's own
 * issuer is nearer than any other, then one whose key verified it, then the one with the fewest failed checks. Pure;
 * equals keep their order.
 */
export function rankVerdicts<Judged extends { verdict: Verdict }>(judged: readonly Judged[]): Judged[] {
  return judged
    .map((one) => ({ one, distance: distanceOf(one.verdict) }))
    .sort((first, second) => compare(first.distance, second.distance))
    .map(({ one }) => one)
}

/** Fewer is nearer, the first difference decides. */
function distanceOf({ accepted, checks }: Verdict): number[] {
  const status = (id: string) => checks.find((check) => check.id === id)?.status
  const issuer = status('iss')
  const failed = checks.filter((check) => check.status === 'fail').length
  return [
    accepted ? 0 : 1,
    // A trust that names no issuer (a warning) says less about the token than one that names this one.
    issuer === 'pass' ? 0 : issuer === 'warn' ? 1 : 2,
    status('signature') === 'pass' ? 0 : 1,
    failed,
  ]
}

function compare(first: readonly number[], second: readonly number[]): number {
  for (const [at, distance] of first.entries()) {
    const difference = distance - (second[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
