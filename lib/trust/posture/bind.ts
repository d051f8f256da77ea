import { findClaim, stringsOf } from '../claims'
import type { ClaimRule } from '../policy'
import type { Preset } from '../presets/preset'
import { parse } from '../presets/template'
import { exactRule } from './exact-rule'
import type { Fix } from './finding'
import { acceptsNow, fixOf, withRules } from './fix'
import { boundTo, isExact, type Reading } from './reading'

/**
 * The fix that adds the rules of a recommended rule set of the preset, with the values of the sample token. Undefined without a
 * sample that the trust accepts, and where no rule set fits it.
 */
export function bindFix(reading: Reading): Fix | undefined {
  const { preset, sample, policy } = reading
  if (!preset || !sample || !acceptsNow(policy, sample)) return undefined
  for (const { title, rules } of preset.ruleSets) {
    const bound = rules.map(({ path, values }) => ruleFor(reading, path, values))
    const added = bound.filter((rule) => rule !== null)
    if (added.length < bound.length) continue
    const missing = added.filter(({ path }) => !boundTo(reading, path).some(isExact))
    if (missing.length === 0) continue
    return fixOf(reading, `Bind as for "${title}", with the values of the sample token`, withRules(...missing))
  }
  return undefined
}

/**
 * The fix that binds whose token it is: as `bindFix`; where the sample lacks claims of every rule set, as tokens of a few claims do,
 * by claims that tell its workload from others, or else by its whole subject.
 */
export function bindIdentity(reading: Reading): Fix | undefined {
  const { preset, sample } = reading
  const recommended = bindFix(reading)
  if (recommended) return recommended
  const pinned = preset?.pins.map((set) => bindClaims(reading, set)).find((fix) => fix)
  const subject = stringsOf(sample?.sub ?? null)[0]
  const isLasting = subject !== undefined && !(preset && isOfOneRun(preset, subject))
  return pinned ?? (isLasting ? bindClaims(reading, ['sub']) : undefined)
}

/** Whether a subject names something that differs in each run. */
const isOfOneRun = ({ subjects, facts }: Preset, text: string): boolean =>
  subjects.some((format) =>
    Object.keys(parse(format.template, text, facts, format.escape) ?? {}).some(
      (name) => facts[name]?.class === 'ephemeral',
    ),
  )

/** Null where the sample does not have the claim, or has a value that a rule set excludes. */
function ruleFor({ policy, sample }: Reading, path: string, values: readonly string[]): ClaimRule | null {
  const claim = sample && findClaim(sample, path)
  const [text] = claim === undefined ? [] : stringsOf(claim)
  if (text === undefined) return null
  const fixed = values.filter((value) => !value.includes('{'))
  return fixed.length === values.length && !fixed.includes(text) ? null : exactRule(policy, path, [text])
}

/** The fix that binds claims to what the sample token says; undefined where it lacks one of them. */
export function bindClaims(reading: Reading, paths: readonly string[]): Fix | undefined {
  const { policy, sample } = reading
  if (!sample || !acceptsNow(policy, sample)) return undefined
  const rules = paths.flatMap((path) => {
    const [text] = stringsOf(findClaim(sample, path) ?? null)
    return text === undefined ? [] : [exactRule(policy, path, [text])]
  })
  if (rules.length < paths.length || rules.length === 0) return undefined
  return fixOf(reading, `Bind ${paths.join(' and ')} as in the sample token`, withRules(...rules))
}
