import { compare, type Dimension, type Relation } from '@/lib/trust/analysis/compare'
import type { RuleId } from '@/lib/trust/posture/finding'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { type Demands, demandsOf, isWidening } from './change-demands'
import { beyond, type Found } from './comparison-answer'
import { toFindingAnswer } from './finding-answers'

/** What a change of a trust raises and asks for, as plain data. */
export type ChangeJudgement = Demands & {
  /** Rules that find something, or something worse, only after the change. */
  raised: RuleId[]
  /** Fields and claims of which more, or something else, is accepted. */
  widened: Dimension[]
}

/** What a trust accepted when it was enabled last; `unknown`: that is not on record any more; null: it never was. */
export type LastInForce = JudgedPolicy | 'unknown' | null

/**
 * Judges a change.
 * @param before null = the trust is new
 * @param lastInForce of a trust that is not enabled: a change in several steps, one of them while it is disabled, is one change
 */
export function changeJudgement(before: Found | null, after: Found, lastInForce: LastInForce = null): ChangeJudgement {
  const { relation, dimensions } = comparedWith(before?.policy.enabled ? before.policy : lastInForce, after.policy)
  const demands = demandsOf({
    relation,
    before: before && { enabled: before.policy.enabled, findings: before.findings.map(({ rule }) => ({ id: rule })) },
    after: {
      enabled: after.policy.enabled,
      findings: after.findings.map((finding) => toFindingAnswer(after.policy, finding)),
    },
  })
  const raised = beyond(after, before ?? { ...after, findings: [] })
  return {
    ...demands,
    raised: [...new Set(raised.map(({ rule }) => rule))],
    widened: dimensions.filter((dimension) => isWidening(dimension.relation)),
  }
}

/** How a trust relates to what was in force before it; null where nothing was. */
export const relationTo = (inForce: LastInForce, after: JudgedPolicy): Relation | null =>
  comparedWith(inForce, after).relation

function comparedWith(
  inForce: LastInForce,
  after: JudgedPolicy,
): { relation: Relation | null; dimensions: Dimension[] } {
  if (inForce === null) return { relation: null, dimensions: [] }
  return inForce === 'unknown' ? { relation: 'unknown', dimensions: [] } : compare(inForce, after)
}
