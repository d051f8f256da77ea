import type { AnalysisAnswer, FixAnswer } from '@/lib/model/posture'
import { compare } from '@/lib/trust/analysis/compare'
import { applyPatch } from '@/lib/trust/json/apply-patch'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'

/**
 * Returns an analysis in which a fix that would accept more, or of which that is not known, is advice without changes: one click
 * must not widen a trust.
 */
export function withNarrowingFixes(policy: JudgedPolicy, analysis: AnalysisAnswer): AnalysisAnswer {
  const narrowing = (fix: FixAnswer): FixAnswer => (isNarrowing(policy, fix) ? fix : { ...fix, changes: [] })
  return {
    ...analysis,
    findings: analysis.findings.map(({ fix, ...finding }) => ({ ...finding, ...(fix ? { fix: narrowing(fix) } : {}) })),
    strangers: analysis.strangers.map(({ smallestFix: fix, ...stranger }) => ({
      ...stranger,
      ...(fix ? { smallestFix: narrowing(fix) } : {}),
    })),
  }
}

/** A replacement accepts something else in place of what it accepted, which is no widening. */
function isNarrowing(policy: JudgedPolicy, { changes }: FixAnswer): boolean {
  const fixed = applyPatch(policy, changes)
  const relations = fixed && compare(policy, fixed).dimensions.map(({ relation }) => relation)
  return relations !== null && !relations.includes('wider') && !relations.includes('unknown')
}
