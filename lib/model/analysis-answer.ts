import { type Posture, postureOf, score, worstOf } from '@/lib/trust/posture/posture'
import { sentenceOf } from '@/lib/trust/posture/sentence'
import type { PostureSubject } from '@/lib/trust/posture/subject'
import { deadAnswers } from './dead-answers'
import { toFindingAnswer, toPresetAnswer } from './finding-answers'
import { partAnswers } from './part-answers'
import type { AnalysisAnswer, MuteAnswer } from './posture'
import { strangerAnswers } from './stranger-answers'

/** An instant for what depends on none, epoch seconds. */
const anyTime = 1_700_000_000

/**
 * Analyses a trust, as plain data: what it is, what is found in it, who else gets in, which rules accept nothing.
 * @param mutes accepted findings, which do not count in the score
 */
export function analysis(
  subject: PostureSubject,
  mutes: readonly MuteAnswer[] = [],
  posture: Posture = postureOf(subject),
): AnalysisAnswer {
  const { policy, preset, sample, now = anyTime } = subject
  const muteOf = (rule: string) => mutes.find((mute) => mute.rule === rule)
  const counted = posture.findings.filter(({ rule }) => !muteOf(rule))
  const judged = preset ? strangerAnswers({ policy, preset, sample, now }) : null
  const parts = preset ? partAnswers(policy, preset, sample) : []
  const { dead, unknown } = deadAnswers(policy.rules, preset)
  return {
    preset: preset && toPresetAnswer(preset),
    sentence: sentenceOf(subject),
    score: score(counted),
    worst: worstOf(counted),
    findings: posture.findings.map((finding) => toFindingAnswer(policy, finding, muteOf(finding.rule))),
    noData: posture.noData.map(({ rule: id, missing }) => ({ id, missing })),
    strangers: judged?.strangers ?? [],
    parts: parts === 'unknown' ? [] : parts,
    dead,
    unknown: [
      ...(judged?.unknown ? [judged.unknown] : []),
      ...(parts === 'unknown' ? ['which parts of a token are open'] : []),
      ...unknown.map((path) => `whether values of ${path} occur`),
    ],
  }
}
