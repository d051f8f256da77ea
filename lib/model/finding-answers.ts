import { cutText, shortenText } from '@/lib/trust/cut-text'
import { jsonPatch } from '@/lib/trust/json/json-patch'
import type { Finding, Fix } from '@/lib/trust/posture/finding'
import type { PostureRule } from '@/lib/trust/posture/rule'
import { postureRules } from '@/lib/trust/posture/rules'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import type { Preset } from '@/lib/trust/presets/preset'
import type { FindingAnswer, FixAnswer, MuteAnswer, PresetAnswer } from './posture'

const rules = new Map<string, PostureRule>(postureRules.map((rule) => [rule.id, rule]))

/** Returns a rule by its id, or null. */
export const ruleOf = (id: string): PostureRule | null => rules.get(id) ?? null

/** Texts of a finding may repeat what a trust says. */
const textMax = 1000

/** Returns a finding of a trust as plain data, its fix as changes of that trust. */
export function toFindingAnswer(policy: JudgedPolicy, finding: Finding, mute?: MuteAnswer): FindingAnswer {
  const { rule: id, severity, path, message, witness, opens, fix } = finding
  const rule = ruleOf(id)
  return {
    ...{ id, severity, path, opens, message: shortenText(message, textMax) },
    title: rule?.title ?? id,
    blocks: rule?.blocksEnabling ?? false,
    ...(witness === undefined ? {} : { witness: cutText(witness, textMax) }),
    ...(fix ? { fix: toFixAnswer(policy, fix) } : {}),
    ...(mute ? { mute } : {}),
  }
}

const toFixAnswer = (policy: JudgedPolicy, { label, apply }: Fix): FixAnswer => ({
  label: shortenText(label, textMax),
  changes: jsonPatch(policy, apply(policy)),
})

export const toPresetAnswer = ({ id, title, verified }: Preset): PresetAnswer => ({ id, title, verified })
