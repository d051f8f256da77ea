import { findClaim } from '../claims'
import type { JsonObject } from '../json/json'
import type { ClaimRule } from '../policy'
import type { Preset } from './preset'

/** A claim with a name that can be registered again, and the one with the id of what bears it. Addresses (docs/verification.md). */
export type NamePair = {
  path: string
  id: string
  /** Addresses of the names that it is unique within. */
  within: readonly string[]
}

/** Names whose id a trust depends on: of the customer and the workload, and of people where a rule names them. */
export function namePairsOf({ claims }: Preset, rules: readonly ClaimRule[]): NamePair[] {
  const tenants = claims.filter((claim) => claim.class === 'name' && claim.role === 'tenant' && !claim.isOptional)
  const within = tenants.map(({ path }) => path)
  return claims.flatMap(({ path, id, class: kind, role, hasSeveralIds }): NamePair[] => {
    const isNamed = kind === 'name' && role !== 'context'
    const isPerson = kind === 'user' && rules.some((rule) => rule.path === path)
    if (id === undefined || hasSeveralIds || !(isNamed || isPerson)) return []
    return [{ path, id, within: role === 'workload' ? within.filter((one) => one !== path) : [] }]
  })
}

/** A name in a token with its id, both as text, and what tells the name from all others. */
export type NamedId = { path: string; idPath: string; name: string; id: string; key: string }

/** Names and ids of a token. A pair of which one half is missing, or is no text or number, is left out. */
export function namedIds(pairs: readonly NamePair[], claims: JsonObject): NamedId[] {
  return pairs.flatMap(({ path, id: idPath, within }) => {
    const [name, id] = [claimText(claims, path), claimText(claims, idPath)]
    if (name === null || id === null) return []
    const key = JSON.stringify([claimText(claims, 'iss'), path, ...within.map((one) => claimText(claims, one)), name])
    return [{ path, idPath, name, id, key }]
  })
}

/** A claim that is text or a number, as text; null for others. */
export function claimText(claims: JsonObject, path: string): string | null {
  const claim = findClaim(claims, path)
  return typeof claim === 'string' || typeof claim === 'number' || typeof claim === 'bigint' ? String(claim) : null
}
