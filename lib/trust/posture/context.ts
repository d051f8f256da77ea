import { isPinned } from '../analysis/fact-reach'
import { claimMatches } from '../matchers'
import { globMatches } from '../matchers/glob'
import type { Preset } from '../presets/preset'
import { parse, print } from '../presets/template'
import type { Branch, RuleAdmission } from './admission'
import { identityFactsOf } from './identity'
import type { BoundClaim } from './reading'

/**
 * Whether a rule limits the circumstances of a run: a branch, an environment, a workflow file at a reference, or an event. Listed
 * values do, and patterns that do not fit what other runs of the workload have.
 */
export const limitsContext = ({ bound, branches, unknown }: RuleAdmission, preset: Preset): boolean =>
  branches.length > 0 && unknown.length === 0 && branches.every((branch) => branchLimitsContext(branch, bound, preset))

/** Whether one value of a rule does. */
export function branchLimitsContext(branch: Branch, bound: BoundClaim, preset: Preset): boolean {
  const names = Object.keys(branch.facts).filter((name) => identityFactsOf(preset).context.has(name))
  if (bound.rule.path === 'sub') {
    return branch.isExact || names.some((name) => !admitsOthers(branch, name, bound, preset))
  }
  if (names.length === 0 || isTotal(bound)) return false
  // A workflow file at any reference is any version of it.
  return names.every((name) => !admitsOthers(branch, name, bound, preset))
}

/** Whether a rule lists all values that the issuer sends. */
const isTotal = ({ claim, rule }: BoundClaim): boolean =>
  claim?.values?.every((value) => claimMatches(rule.matcher, value)) ?? false

/** Whether a value also fits runs in which a fact is another: the preset's example of another, as a branch and as a tag. */
function admitsOthers(
  { form, example, facts, path, text }: Branch,
  name: string,
  bound: BoundClaim,
  preset: Preset,
): boolean {
  const reach = facts[name]
  const other = preset.facts[name]?.other
  if (isPinned(reach)) return reach.values.length > 1 && other !== undefined && reach.values.includes(other)
  const read = parse(form.template, example, preset.facts, form.escaping)
  if (!read || other === undefined) return true
  const isDenial = path.length === bound.path.length
  // `*main` fits what anyone can name so that it ends in main.
  const ending = /[^*?\]}]*$/.exec(text)?.[0] ?? ''
  return [other, other.replace(/^refs\/heads\//, 'refs/tags/'), `${other}${ending}`].some((value) => {
    const probe = print(form.template, { ...read, [name]: value }, form.escaping)
    return probe !== null && (isDenial ? claimMatches(bound.rule.matcher, probe) : globMatches(text, probe))
  })
}
