import { z } from 'zod'
import { cutText, shortenText } from '@/lib/trust/cut-text'
import { type Finding, type RuleId, severities } from '@/lib/trust/posture/finding'
import { postureOf } from '@/lib/trust/posture/posture'
import { sentenceOf } from '@/lib/trust/posture/sentence'
import type { PostureSubject } from '@/lib/trust/posture/subject'
import { strangerAnswers } from './stranger-answers'

/** A rule that found something in a trust: the worst of its findings, and their number. */
export const FoundRule = z.object({
  rule: z.custom<RuleId>((id) => typeof id === 'string' && /^L\d{2,3}$/.test(id)),
  severity: z.enum(severities),
  count: z.int().min(1),
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
  witness: z.string().optional(),
})
export type FoundRule = z.output<typeof FoundRule>

/** What is kept of a trust's posture, as plain data. */
export type Summary = {
  presetId: string | null
  sentence: string
  found: FoundRule[]
  /** Attack stories that were judged, and those that get in; null where none could be. `stories` is -1 where they were left for later. */
  stories: number | null
  admitted: number | null
}

/** Judges a trust as far as lists need it. @param withStories false leaves the attack stories for later: they take most of the time */
export function summary(subject: PostureSubject, withStories = true): Summary {
  const { policy, preset, sample, now = 0 } = subject
  const { findings } = postureOf(subject)
  const judged = preset && withStories ? strangerAnswers({ policy, preset, sample, now }) : null
  const stories = judged && judged.unknown === null ? judged.strangers : null
  return {
    presetId: preset?.id ?? null,
    sentence: sentenceOf(subject),
    found: foundRules(findings),
    stories: withStories ? (stories?.length ?? null) : laterStories,
    admitted: stories?.filter(({ admitted }) => admitted).length ?? null,
  }
}

/** Stories that are judged later. */
export const laterStories = -1

/** Of texts of a finding. */
const textMax = 300

/** Findings are in the order of their severity. */
function foundRules(findings: readonly Finding[]): FoundRule[] {
  const found = new Map<RuleId, FoundRule>()
  for (const { rule, severity, path, message, witness } of findings) {
    const known = found.get(rule)
    if (known) known.count++
    else {
      const texts = {
        message: shortenText(message, textMax),
        ...(witness === undefined ? {} : { witness: cutText(witness, textMax) }),
      }
      found.set(rule, { rule, severity, count: 1, path, ...texts })
    }
  }
  return [...found.values()]
}
