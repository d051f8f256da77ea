import { worstSeverity } from '@/components/posture/posture-words'
import type { TrustPosture } from '@/lib/client/posture'
import type { AnalysisAnswer, FindingAnswer } from '@/lib/model/posture'
import { severities } from '@/lib/trust/posture/finding'

/**
 * Adds to the analysis of a draft what only records tell: findings of the stored trust by rules that the browser has no data for,
 * and which rules are muted. Their fixes are of the stored trust, and are not offered for the draft. Pure.
 */
export function withRecorded(
  analysis: AnalysisAnswer,
  stored: Pick<TrustPosture, 'findings' | 'mutes'> | undefined,
): AnalysisAnswer {
  if (!stored) return analysis
  const lacking = new Set(analysis.noData.map(({ id }) => id))
  const recorded = stored.findings
    .filter(({ id }) => lacking.has(id))
    .map(
      ({ fix, path, ...finding }): FindingAnswer => ({
        ...finding,
        path: path.slice(0, 1),
        ...(fix ? { fix: { ...fix, changes: [] } } : {}),
      }),
    )
  const muteOf = (id: string) => stored.mutes.find(({ rule }) => rule === id)
  const findings = [...analysis.findings, ...recorded]
    .map((finding): FindingAnswer => {
      const mute = muteOf(finding.id)
      return mute ? { ...finding, mute } : finding
    })
    .sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
  const worst = worstSeverity(findings.flatMap(({ mute, severity }) => (mute ? [] : [severity])))
  return { ...analysis, findings, worst }
}
