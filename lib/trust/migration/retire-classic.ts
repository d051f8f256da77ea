import { compare } from '../analysis/compare'
import { isNegated } from '../matchers/glob'
import type { JudgedPolicy } from '../posture/subject'
import type { Preset } from '../presets/preset'
import { acceptsForm } from './accepted-forms'
import { alternativesOf } from './alternatives'

/** The trust without the values that accept the form with names alone; or why it cannot be made. */
export type Retired = { ok: true; policy: JudgedPolicy; values: string[] } | { ok: false; why: string }

/** Removes, of the rule on the subject, the values that accept the classic form and not the one with ids. */
export function retireClassic(policy: JudgedPolicy, preset: Preset): Retired {
  const at = policy.rules.findIndex(({ path }) => path === 'sub')
  const rule = policy.rules[at]
  if (!rule || !('values' in rule.matcher)) return { ok: false, why: 'No rule on the subject lists values.' }
  const matcher = { ...rule.matcher, values: alternativesOf(rule.matcher) }
  const isOld = (value: string) => {
    if (matcher.kind === 'glob-any' && isNegated(value)) return false
    const alone = [{ ...rule, matcher: { ...matcher, values: [value] } }]
    return acceptsForm(alone, preset, 'classic') === true && acceptsForm(alone, preset, 'immutable') === false
  }
  const values = matcher.values.filter(isOld)
  const kept = matcher.values.filter((value) => !values.includes(value))
  if (values.length === 0)
    return { ok: false, why: 'No value accepts the classic form alone. Change the pattern by hand.' }
  const after: JudgedPolicy = {
    ...policy,
    rules: policy.rules.map((one, index) => (index === at ? { ...one, matcher: { ...matcher, values: kept } } : one)),
  }
  if (kept.length === 0 || acceptsForm(after.rules, preset, 'immutable') !== true) {
    return { ok: false, why: 'Nothing would be accepted any more.' }
  }
  const isNarrower = compare(policy, after).relation === 'narrower'
  return isNarrower ? { ok: true, policy: after, values } : { ok: false, why: 'It would not only accept less.' }
}
