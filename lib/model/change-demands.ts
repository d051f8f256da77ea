import type { Relation } from '@/lib/trust/analysis/compare'
import type { FindingAnswer } from './posture'

/** What a change of a trust asks of the actor who makes it. */
export type Demands = {
  /** Findings that have to be overridden, rule by rule. */
  blocking: FindingAnswer[]
  /** Whether a reason has to be given; always with `blocking`. */
  needsReason: boolean
}

type Side<Answer> = { enabled: boolean; findings: readonly Answer[] }

/**
 * Returns what has to be overridden and justified. A trust that is not enabled afterwards asks for nothing. What a rule found in the
 * enabled trust before does not hinder a change that accepts no more than before.
 * @param relation to what was accepted when the trust was enabled last; null = it never was, or that is for the server to say
 */
export function demandsOf({
  before,
  after,
  relation,
}: {
  before: Side<Pick<FindingAnswer, 'id'>> | null
  after: Side<FindingAnswer>
  relation: Relation | null
}): Demands {
  if (!after.enabled) return { blocking: [], needsReason: false }
  const wasEnabled = before?.enabled ?? false
  const isWider = relation !== null && isWidening(relation)
  const known = new Set(wasEnabled && !isWider ? before?.findings.map(({ id }) => id) : [])
  const blocking = after.findings.filter(({ id, blocks }) => blocks && !known.has(id))
  return { blocking, needsReason: isWider || blocking.length > 0 }
}

/** Whether something may be accepted that was not before. */
export const isWidening = (relation: Relation) => relation !== 'equal' && relation !== 'narrower'

/** What is said beside a changed trust: why more is accepted, and which findings are accepted. */
export type ChangeReasons = { reason?: string; override?: { rules: string[]; reason: string } }
