import { claimMatches } from '../matchers'
import { isNegated, isPattern } from '../matchers/glob'
import type { ClaimRule, Matcher } from '../policy'
import type { Preset } from '../presets/preset'
import { readSubject } from '../presets/subject'
import { type Escape, type FactValues, factNamesOf, literal, parse, pattern, print } from '../presets/template'
import { expressionMachine } from './expression-machine'
import { languageOf, machinesOf } from './language'
import { plausibleTexts } from './plausible'
import { newQuestion } from './question'
import { findText } from './search'

/** How a text is written. */
type Written = { template: string; escape: Escape }

/** A text that a rule accepts, and the facts that a job must have for it. Those that are as the job has them may be left out. */
export type RuleText = { text: string; facts: FactValues }

/**
 * Finds a text that a rule accepts and that one of the templates gives, with the known facts and as many of the job's as the rule
 * allows. Without a preset, any text. Null when none was found.
 */
export function textsFor(
  preset: Preset | null,
  rule: ClaimRule,
  written: readonly Written[],
  facts: FactValues,
  known: FactValues,
): RuleText | null {
  const accepts = (text: string) => claimMatches(rule.matcher, text)
  if (!preset) return firstText(exactValues(rule)) ?? freeText(rule)
  const own = written
    .map((one) => print(one.template, facts, one.escape))
    .find((text) => text !== null && accepts(text))
  if (own) return { text: own, facts: {} }
  const exact = exactText(preset, rule, written, known)
  if (exact) return exact
  for (const matcher of onePatternEach(rule)) {
    const found = patternText(preset, { ...rule, matcher }, written, facts, known)
    if (found) return found
  }
  return null
}

/** Matchers that accept what the rule does, of one of its patterns each, up to a number: a long list is too large to be searched at once. */
function onePatternEach({ matcher }: ClaimRule): Matcher[] {
  if (matcher.kind !== 'glob-any') return [matcher]
  const denials = matcher.values.filter(isNegated)
  const patterns = matcher.values.filter((value) => !isNegated(value) && isPattern(value))
  if (patterns.length === 0) return [matcher]
  return patterns.slice(0, patternsMax).map((value) => ({ ...matcher, values: [value, ...denials] }))
}

const patternsMax = 20

const firstText = ([text]: readonly string[]): RuleText | null => (text === undefined ? null : { text, facts: {} })

function freeText(rule: ClaimRule): RuleText | null {
  const language = languageOf(rule.matcher)
  const text = language && findText([...machinesOf(language), ...plausibleTexts([rule])], newQuestion())
  return text === null ? null : { text, facts: {} }
}

/** Values without patterns that the rule accepts, up to a number. */
function exactValues({ matcher }: ClaimRule): string[] {
  const values = 'values' in matcher ? matcher.values.slice(0, valuesMax) : []
  const isText = (value: string) => matcher.kind !== 'glob-any' || (!isPattern(value) && !isNegated(value))
  return values.filter((value) => isText(value) && claimMatches(matcher, value))
}

const valuesMax = 50

/** The first value that can be read; one that agrees with the known facts comes before others. */
export function exactText(
  preset: Preset,
  rule: ClaimRule,
  written: readonly Written[],
  known: FactValues,
): RuleText | null {
  const readings = exactValues(rule).flatMap((text) => {
    const facts = factsOf(preset, rule, written, text)
    return facts ? [{ text, facts }] : []
  })
  const agrees = ({ facts }: RuleText) =>
    Object.entries(facts).every(([name, value]) => (known[name] ?? value) === value)
  return readings.find(agrees) ?? readings[0] ?? null
}

function factsOf(preset: Preset, rule: ClaimRule, written: readonly Written[], text: string): FactValues | null {
  if (rule.path === 'sub') return readSubject(preset, text)?.facts ?? null
  return written.map((one) => parse(one.template, text, preset.facts, one.escape)).find((one) => one !== null) ?? null
}

/** A text of the rule's patterns: fact by fact the job's own value, where the rule still has a text with it. */
function patternText(
  preset: Preset,
  rule: ClaimRule,
  written: readonly Written[],
  facts: FactValues,
  known: FactValues,
): RuleText | null {
  const language = languageOf(rule.matcher)
  if (!language) return null
  const find = (one: Written, fixed: FactValues) => {
    const machine = expressionMachine(pattern(one.template, withFixed(preset, fixed), one.escape))
    return machine ? findText([machine, ...machinesOf(language)], newQuestion(stepsMax)) : null
  }
  for (const one of written) {
    const names = factNamesOf(one.template)
    let fixed = pick(known, names)
    if (find(one, fixed) === null) continue
    for (const name of names) {
      const value = facts[name]
      if (value === undefined || name in fixed) continue
      if (find(one, { ...fixed, [name]: value }) !== null) fixed = { ...fixed, [name]: value }
    }
    const text = find(one, fixed)
    const read = text === null ? null : factsOf(preset, rule, [one], text)
    if (text !== null && read) return { text, facts: differing(read, facts) }
  }
  return null
}

const stepsMax = 20_000

const withFixed = (preset: Preset, fixed: FactValues): Preset['facts'] =>
  Object.fromEntries(
    Object.entries(preset.facts).map(([name, fact]) => {
      const value = fixed[name]
      return [name, value === undefined ? fact : { ...fact, pattern: literal(value) }]
    }),
  )

const differing = (read: FactValues, facts: FactValues): FactValues =>
  Object.fromEntries(Object.entries(read).filter(([name, value]) => facts[name] !== value))

const pick = (facts: FactValues, names: readonly string[]): FactValues =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)))
