import type { ClaimValue } from '../claims'
import type { Example } from './accepts'

/** What a change does to what is accepted. `different`: more and less. `unknown`: it would cost too much to say. */
export type Relation = 'equal' | 'narrower' | 'wider' | 'different' | 'unknown'

/** A field, or the claim of the rules on one address, and what a change does to it. */
export type Dimension = {
  /** Place in a policy: `issuer`, `grant.ttlSeconds`; of rules `rules.` and the claim address; of options their name in our API. */
  id: string
  relation: Relation
  /** What only the new policy accepts: a claim, or a value of the field. */
  accepted?: Example
  /** What only the old policy accepts. */
  refused?: Example
}

export function toDimension(id: string, accepted: Example | null, refused: Example | null): Dimension {
  const relation = accepted ? (refused ? 'different' : 'wider') : refused ? 'narrower' : 'equal'
  return { id, relation, ...(accepted ? { accepted } : {}), ...(refused ? { refused } : {}) }
}

export function compareSets(id: string, before: readonly ClaimValue[], after: readonly ClaimValue[]): Dimension {
  const [added, removed] = [after.find((one) => !before.includes(one)), before.find((one) => !after.includes(one))]
  return toDimension(
    id,
    added === undefined ? null : { value: added },
    removed === undefined ? null : { value: removed },
  )
}

/** Compares switches of which "on" accepts more. @param example what is accepted by the one that is on alone */
export function compareFlag(id: string, before: boolean, after: boolean, example: Example): Dimension {
  return toDimension(id, after && !before ? example : null, before && !after ? example : null)
}

/** Compares greatest values. */
export function compareUpTo(id: string, before: number, after: number): Dimension {
  return toDimension(id, after > before ? { value: before + 1 } : null, before > after ? { value: after + 1 } : null)
}

/** Compares texts of which another accepts something else. */
export function compareTexts(id: string, before: string, after: string): Dimension {
  return before === after ? toDimension(id, null, null) : toDimension(id, { value: after }, { value: before })
}
