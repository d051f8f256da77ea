import { type FactReach, type Form, isPinned, reachOf } from '../analysis/fact-reach'
import { newWork, type Work } from '../matchers/glob'
import type { Preset } from '../presets/preset'
import { deadRules } from './dead-rules'
import type { Path } from './finding'
import { writtenOut } from './fixed-beginning'
import { formsOf } from './forms'
import { variantOf } from './issuer'
import type { BoundClaim, BoundValue, Reading } from './reading'

/** One value of a rule, read in one form of the claim. */
export type Branch = {
  /** Place of the value; of a rule with denials alone, the rule's. */
  path: Path
  text: string
  isExact: boolean
  form: Form
  /** A text that the value admits. */
  example: string
  facts: Readonly<Record<string, FactReach>>
}

/** A rule on a claim whose texts the preset can read: what each value admits. */
export type RuleAdmission = {
  bound: BoundClaim
  branches: readonly Branch[]
  /** Values that were not read, because it would cost too much. */
  unknown: readonly Unread[]
  /** Values that admit nothing that the issuer sends. */
  dead: readonly Path[]
}

/** A value that was not read, and the facts that its fixed prefix contains, in each form that it may have. */
type Unread = { path: Path; written: readonly ReadonlySet<string>[] }

/** What the rules of a trust admit, as far as the preset of its issuer can read it. */
export type Admission = {
  rules: readonly RuleAdmission[]
  /** Facts that the issuer says. */
  fixed: Readonly<Record<string, string>>
  /** A rule admits nothing that the issuer sends, so the trust accepts no token. */
  isDead: boolean
}

/** Limits of work for all patterns of a trust (tens of milliseconds) and for one pattern; a typical one takes 7 000 steps. */
const [stepsMax, stepsOfOneMax] = [300_000, 200_000]

/** How much of a trust is read; the rest is unknown. Real trusts have a tenth of it. */
const [patternsMax, charactersMax] = [300, 1_000_000]

/** Reads each trust once. */
export function admissionOf(reading: Reading): Admission {
  const known = made.get(reading) ?? readAdmission(reading)
  made.set(reading, known)
  return known
}

const made = new WeakMap<Reading, Admission>()

function readAdmission(reading: Reading): Admission {
  const { preset, bound } = reading
  if (!preset) return { rules: [], fixed: {}, isDead: bound.some(({ at }) => deadRules(reading).has(at)) }
  const beginnings = newWork(stepsMax / 2)
  const budget: Budget = { steps: 0, patterns: 0, characters: 0, beginnings }
  const rules = bound
    .filter(({ isRequired }) => isRequired)
    .flatMap((one) => {
      const { allowed, denied } = one
      if (allowed.length + denied.length === 0) return []
      const admission = admissionOfRule(one, preset, budget)
      return admission ? [admission] : []
    })
  const isUnsent = rules.some(({ branches, unknown }) => branches.length === 0 && unknown.length === 0)
  const isDead = isUnsent || bound.some(({ at, isRequired }) => isRequired && deadRules(reading).has(at))
  return { rules, fixed: variantOf(reading)?.facts ?? {}, isDead: isDead && preset.verified }
}

/** What was read so far. */
type Budget = { steps: number; patterns: number; characters: number; beginnings: Work }

/** Null where the preset has no form for the claim. */
function admissionOfRule(bound: BoundClaim, preset: Preset, budget: Budget): RuleAdmission | null {
  const { allowed, denied, path } = bound
  const denials = denied.map(({ text }) => text)
  const values = allowed.length > 0 ? allowed : [{ text: null, path, kind: 'pattern' as const }]
  if (formsOf(bound, preset, null).length === 0) return null
  const branches: Branch[] = []
  const unknown: Unread[] = []
  const dead: Path[] = []
  for (const value of values) {
    const found = branchesOf(value, bound, denials, preset, budget)
    if (found === null) unknown.push(unread(value, bound, preset, budget))
    else if (found.length === 0) dead.push(value.path)
    else branches.push(...found)
  }
  return { bound, branches, unknown, dead }
}

function unread({ text, path }: Value, bound: BoundClaim, preset: Preset, budget: Budget): Unread {
  const forms = formsOf(bound, preset, text).flat()
  return { path, written: text === null ? [] : writtenOut(text, forms, preset, budget.beginnings) }
}

type Value = { text: string | null; path: Path; kind: BoundValue['kind'] }

/** The forms that a value fits; null = reading it would cost too much. Composed forms are read where no usual one fits. */
function branchesOf(
  value: Value,
  bound: BoundClaim,
  denials: string[],
  preset: Preset,
  budget: Budget,
): Branch[] | null {
  const { text, path } = value
  const isPattern = value.kind === 'pattern'
  budget.characters += text?.length ?? 0
  if (isPattern) budget.patterns++
  const work = newWork(Math.min(stepsOfOneMax, stepsMax - budget.steps))
  if (budget.characters > charactersMax) return null
  // Values without wildcards cost almost nothing.
  if (isPattern && (budget.patterns > patternsMax || work.stepsMax <= 0)) return null
  for (const forms of formsOf(bound, preset, text)) {
    const found: Branch[] = []
    for (const form of forms) {
      const before = work.steps
      const reach = reachOf(text === null ? null : { text, isPattern }, denials, form, preset, work)
      budget.steps += work.steps - before
      if (reach === 'unknown') return null
      if (reach !== 'none') found.push({ path, text: text ?? denials[0] ?? '', isExact: !isPattern, form, ...reach })
    }
    if (found.length > 0) return found
  }
  return []
}

/** Whether a fact can have only listed values, or values below one group of them. */
export const isLimited = (reach: FactReach): boolean => isPinned(reach) || reach.within !== null

type Enough = (reach: FactReach) => boolean

/** Whether a value pins one of some facts. */
export const branchPins = ({ facts }: Branch, names: ReadonlySet<string>, isEnough: Enough = isPinned): boolean =>
  Object.entries(facts).some(([name, reach]) => names.has(name) && isEnough(reach))

/** Whether every value of a rule does. A value that was not read does where its fixed beginning writes such a fact out. */
const rulePins = (
  { branches, unknown }: RuleAdmission,
  names: ReadonlySet<string>,
  isEnough: Enough = isPinned,
): boolean =>
  branches.length + unknown.length > 0 &&
  unknown.every((value) => writesOut(value, names)) &&
  branches.every((branch) => branchPins(branch, names, isEnough))

const writesOut = ({ written }: Unread, names: ReadonlySet<string>): boolean =>
  written.length > 0 && written.every((facts) => [...facts].some((name) => names.has(name)))

/** Whether one rule pins one of some facts in every token. */
export const pins = ({ rules }: Admission, names: ReadonlySet<string>, isEnough: Enough = isPinned): boolean =>
  rules.some((rule) => rulePins(rule, names, isEnough))

/** Whether a value was not read whose rule could pin one of some facts. */
export const isUnknownFor = ({ rules }: Admission, names: ReadonlySet<string>): boolean =>
  rules.some(
    ({ unknown, branches }) =>
      unknown.some((value) => !writesOut(value, names)) &&
      branches.every((branch) => branchPins(branch, names, isLimited)),
  )

/** The listed values of a fact that a token may have by the rules that pin it; null = it is not pinned. */
export function valuesOf({ rules, fixed }: Admission, name: string): string[] | null {
  const only = fixed[name]
  if (only !== undefined) return [only]
  const names = new Set([name])
  const pinning = rules.filter((rule) => rule.unknown.length === 0 && rulePins(rule, names))
  const lists = pinning.map(({ branches }) => [
    ...new Set(branches.flatMap(({ facts }) => (isPinned(facts[name]) ? facts[name].values : []))),
  ])
  return lists.sort((a, b) => a.length - b.length)[0] ?? null
}

/** The answer of a rule for which values were not read. */
export const tooMuch = { noData: 'an answer on its values, which ask for too much work' }
