import { globMatches, type Work } from '../matchers/glob'
import { Fact, type Preset } from '../presets/preset'
import { type Escape, factNamesOf, fitsFact, literal, parse, pattern } from '../presets/template'
import { expressionMachine, readExpression } from './expression-machine'
import { languageOf, machinesOf } from './language'
import type { Machine } from './machine'
import { plausibleTexts } from './plausible'
import { findText } from './search'

/** The form of a claim's texts: a template over facts of the preset. */
export type Form = { id: string; template: string; escaping: Escape }

/**
 * What a value leaves open of a fact: only these values, or more than is listed, with a text in which it has another value.
 * `within`: all of them are at or below this first segment of a path.
 */
export type FactReach = { values: string[] } | { open: string; within: string | null }

export const isPinned = (reach: FactReach | undefined): reach is { values: string[] } =>
  reach !== undefined && 'values' in reach

/**
 * What a value of a rule admits of one form: `none` = no text of that form; `unknown` = finding out would cost too much;
 * else an example and what is left open of each fact.
 */
export type FormReach = 'none' | 'unknown' | { example: string; facts: Readonly<Record<string, FactReach>> }

/** Values of one fact beyond these are not listed: the fact is open. */
const listedMax = 4

/**
 * Returns what a value admits of a form. `whoElse` tells what all rules of a trust leave open together; this is of one value alone, for
 * what is said about that value.
 * @param value a text to be equal to, or a pattern; null = any text
 * @param denied negated patterns, which a text must pass too
 */
export function reachOf(
  value: { text: string; isPattern: boolean } | null,
  denied: readonly string[],
  form: Form,
  preset: Preset,
  work: Work,
): FormReach {
  const key = JSON.stringify([preset.id, form.template, form.escaping, value, denied])
  const known = made.get(key)
  if (known !== undefined) return known
  const reach =
    value && !value.isPattern
      ? exactReach(value.text, denied, form, preset)
      : wideReach(value, denied, form, preset, work)
  if (reach !== 'unknown') {
    if (made.size >= madeMax) made.clear()
    if (key.length <= keyCharactersMax) made.set(key, reach)
  }
  return reach
}

const made = new Map<string, FormReach>()
const madeMax = 5000
const keyCharactersMax = 2000

/** Longer texts are not read. */
const readCharactersMax = 500

function exactReach(text: string, denied: readonly string[], { template, escaping }: Form, preset: Preset): FormReach {
  if (text.length > readCharactersMax) return 'unknown'
  const facts = parse(template, text, factsOf(preset), escaping)
  if (!facts || denied.some((denial) => !globMatches(denial, text))) return 'none'
  return {
    example: text,
    facts: Object.fromEntries(Object.entries(facts).map(([name, one]) => [name, { values: [one] }])),
  }
}

function wideReach(
  value: { text: string } | null,
  denied: readonly string[],
  { template, escaping }: Form,
  preset: Preset,
  work: Work,
): FormReach {
  const values = [...(value ? [value.text] : []), ...denied]
  const language = values.length > 0 ? languageOf({ kind: 'glob-any', values }) : null
  const grammar = expressionMachine(pattern(template, factsOf(preset), escaping))
  if ((values.length > 0 && !language) || !grammar) return 'unknown'
  // The engine accepts a pattern's own text, which no issuer sends.
  const plausible = plausibleTexts([{ path: '', matcher: { kind: 'glob-any', values }, whenAbsent: 'refuse' }])
  const admitted = [...(language ? machinesOf(language) : []), grammar, ...plausible]
  const example = findText(admitted, work)
  if (work.isSpent) return 'unknown'
  const first = example === null ? null : parse(template, example, factsOf(preset), escaping)
  if (example === null || first === null) return example === null ? 'none' : 'unknown'
  const facts: Record<string, FactReach> = {}
  for (const name of factNamesOf(template)) {
    const reach = factReach(name, first[name] ?? '', admitted, { template, escaping }, preset, work)
    if (reach === null) return 'unknown'
    facts[name] = reach
  }
  return { example, facts }
}

/** Looks for texts with further values of a fact until there is none. Null = it would cost too much. */
function factReach(
  name: string,
  first: string,
  admitted: readonly Machine[],
  form: Pick<Form, 'template' | 'escaping'>,
  preset: Preset,
  work: Work,
): FactReach | null {
  /** A text in which the fact has none of these values; undefined = it would cost too much. */
  const beyond = (source: string): string | null | undefined => {
    const facts = factsOf(preset)
    const fact = facts[name]
    const limited =
      fact && readExpression(pattern(form.template, { ...facts, [name]: { ...fact, pattern: source } }, form.escaping))
    const text = limited ? findText([...admitted, limited.others], work) : undefined
    return work.isSpent ? undefined : text
  }
  const values = [first]
  for (;;) {
    const text = beyond(`(?:${values.map(literal).join('|')})`)
    if (text === undefined) return null
    if (text === null) return { values }
    const next = parse(form.template, text, factsOf(preset), form.escaping)?.[name]
    if (next !== undefined && !values.includes(next) && values.length < listedMax) {
      values.push(next)
      continue
    }
    const top = first.split('/')[0] ?? first
    const fact = factsOf(preset)[name]
    const isPath = fact !== undefined && fitsFact(fact, `${top}/x`)
    return { open: text, within: isPath && beyond(`${literal(top)}(?:/[^]*)?`) === null ? top : null }
  }
}

/** Name of the part of a composed subject that is all that follows a wildcard. */
export const restName = 'rest'

/** The facts of a preset, with the rest of a composed subject: further parts. */
function factsOf(preset: Preset): Preset['facts'] {
  const known = extended.get(preset)
  if (known) return known
  const names = new Set(preset.subjectParts.map((part) => part.split(':')[0] ?? ''))
  const source = `(?:${[...names].map(literal).join('|')})(?::[^]*)?`
  const rest = Fact.parse({ title: 'Rest', class: 'user', pattern: source, sample: 'x', other: 'y' })
  const facts = { ...preset.facts, [restName]: rest }
  extended.set(preset, facts)
  return facts
}

const extended = new WeakMap<Preset, Preset['facts']>()
