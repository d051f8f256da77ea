import { checkRules } from '@/lib/trust/engine/checks/claim-checks'
import type { JsonObject } from '@/lib/trust/json/json'
import type { ClaimRule } from '@/lib/trust/policy'

/** What is known of a trust before it is read whole. `rules` is null where they cannot be read. */
export type Demands = { id: string; issuer: string | null; rules: readonly ClaimRule[] | null }

/** How near a trust is to a token by its claims alone; element by element, smaller is nearer. */
type Distance = readonly [issuer: number, failed: number, unmet: number]

export type Nearest = {
  /** Ids of the nearest, nearest first. */
  ids: string[]
  /** How many trusts no claim rules out: of these only key, signature and times decide. */
  open: number
  /** How many name another issuer. */
  elsewhere: number
}

/**
 * Finds the trusts nearest to a token by issuer and rules, with the engine's own checks. A trust that demands little is not nearer
 * for that: of equally many failed rules, those that demand most come first. Pure.
 */
export function nearestTrusts(claims: JsonObject, trusts: readonly Demands[], count: number): Nearest {
  const judged = trusts.map((trust) => ({ id: trust.id, distance: distanceOf(claims, trust) }))
  const sorted = judged.sort((first, second) => compare(first.distance, second.distance))
  return {
    ids: sorted.slice(0, count).map(({ id }) => id),
    open: judged.filter(({ distance: [issuer, failed] }) => issuer < otherIssuer && failed === 0).length,
    elsewhere: trusts.filter(({ issuer }) => issuer !== null && issuer !== claims.iss).length,
  }
}

const otherIssuer = 2

function distanceOf(claims: JsonObject, { issuer, rules }: Demands): Distance {
  const place = issuer === null ? 1 : issuer === claims.iss ? 0 : otherIssuer
  // Its rules do not matter, and most trusts are of another issuer.
  if (place === otherIssuer || rules === null) return [otherIssuer, Number.POSITIVE_INFINITY, 0]
  const { aud, sub, others } = checkRules(claims, [...rules])
  const checks = [...aud, ...sub, ...others]
  const met = checks.filter(({ status }) => status === 'pass').length
  return [place, checks.filter(({ status }) => status === 'fail').length, -met]
}

function compare(first: Distance, second: Distance): number {
  for (const [at, distance] of first.entries()) {
    const other = second[at] ?? 0
    if (distance !== other) return distance < other ? -1 : 1
  }
  return 0
}
