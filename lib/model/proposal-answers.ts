import type { JsonObject } from '@/lib/trust/json/json'
import { jsonPatch } from '@/lib/trust/json/json-patch'
import { presetOfTrust } from '@/lib/trust/posture/preset-of-trust'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { proposeRules } from '@/lib/trust/proposals/propose-rules'
import type { FixAnswer } from './posture'
import { strangerAnswers } from './stranger-answers'

/** Rules that are proposed for a trust, with who else they would let in. */
export type ProposalAnswer = {
  id: string
  rules: JudgedPolicy['rules']
  /** The change of the trust that takes them. */
  fix: FixAnswer
  /** Titles of the attack stories that get in, and how many were judged; null where none could be. */
  strangers: { admitted: string[]; total: number } | null
}

/** Proposes rules that accept some tokens of one workload. @param now epoch seconds */
export function proposalAnswers(policy: JudgedPolicy, tokens: readonly JsonObject[], now: number): ProposalAnswer[] {
  const [sample] = tokens
  if (!sample) return []
  return proposeRules(tokens).map(({ id, title, rules }) => {
    const iss = typeof sample.iss === 'string' && sample.iss !== '' ? sample.iss : null
    const proposed = { ...policy, issuer: policy.issuer ?? iss, rules }
    const preset = presetOfTrust(proposed, sample)
    const judged = preset && strangerAnswers({ policy: proposed, preset, sample, now })
    const known = judged && judged.unknown === null ? judged.strangers : null
    return {
      ...{ id, rules },
      fix: { label: title, changes: jsonPatch(policy, proposed) },
      strangers: known && {
        admitted: known.filter(({ admitted }) => admitted).map((stranger) => stranger.title),
        total: known.length,
      },
    }
  })
}
