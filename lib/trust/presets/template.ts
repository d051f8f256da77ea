import { keptAnswers } from '../kept-answers'
import { escapeColons } from './escape-colons'
import type { Fact, SubjectFormat } from './preset'

/** Values of facts, by name; one that is not there is absent. */
export type FactValues = Readonly<Record<string, string>>

/** How a fact's value is written inside a text: `colon` = `:` as `%3A`. */
export type Escape = SubjectFormat['escape']

type FactTable = Readonly<Record<string, Fact>>

/** The longest text that is read, in characters. */
export const templateTextMax = 2048

/** How many values are tried for one text; one that needs more is not read. */
const triesMax = 5000

/** Fills a template (`repo:{owner}/{repository}`) with facts. Null when one of them is absent. */
export function print(template: string, facts: FactValues, escaping: Escape = 'none'): string | null {
  let printed = ''
  for (const { isFact, text } of partsOf(template)) {
    const value = isFact ? valueIn(facts, text) : text
    if (value === undefined) return null
    printed += isFact ? escaped(value, escaping) : value
  }
  return printed
}

/**
 * Regular expression of the texts that a template can give, without anchors and flags. A fact that the template names twice may
 * differ in it, because equal parts are not regular.
 */
export function pattern(template: string, facts: FactTable, escaping: Escape = 'none'): string {
  return partsOf(template)
    .map(({ isFact, text }) => {
      if (!isFact) return literal(text)
      const source = factIn(facts, text)?.pattern ?? '[^\\s\\S]'
      return `(?:${escaping === 'colon' ? escapeColons(source) : source})`
    })
    .join('')
}

/** Regular expression of one text. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/**
 * Reads the facts back from a text: the inverse of `print`. Of several readings, the one whose first facts are longest. Null when
 * there is none, and for a text over the limits.
 */
export function parse(
  template: string,
  text: string,
  facts: FactTable,
  escaping: Escape = 'none',
): Record<string, string> | null {
  if (text.length > templateTextMax) return null
  const parts = partsOf(template)
  const [first] = parts
  // Most texts are of another template, and differ at once.
  if (first && !first.isFact && !text.startsWith(first.text)) return null
  const reading = readParts(parts, text, facts, escaping)
  return reading !== null && print(template, reading, escaping) === text ? reading : null
}

/** Names of the facts of a template, in order, each once. */
export const factNamesOf = (template: string): readonly string[] => readTemplate(template).names

/** Whether a fact can have a value. */
export const fitsFact = (fact: Fact, value: string): boolean =>
  value.length <= templateTextMax && expressionOf(fact).test(value)

/** Fixed text, or the name of a fact. */
export type Part = { isFact: boolean; text: string }

/** The parts of a template, in order. */
export const partsOf = (template: string): readonly Part[] => readTemplate(template).parts

function readTemplate(template: string): Template {
  return templates(template, () => {
    const parts = template
      .split(/\{([^{}]+)\}/)
      .map((text, at) => ({ isFact: at % 2 === 1, text }))
      .filter(({ isFact, text }) => isFact || text !== '')
    return { parts, names: [...new Set(parts.flatMap(({ isFact, text }) => (isFact ? [text] : [])))] }
  })
}

type Template = { parts: readonly Part[]; names: readonly string[] }

/** Not all of them ever read: those of composed subjects are made from texts that strangers send. */
const templates = keptAnswers<Template>(2_000)

function readParts(
  parts: readonly Part[],
  text: string,
  facts: FactTable,
  escaping: Escape,
): Record<string, string> | null {
  let tries = 0
  /** Places from which the rest is known not to fit. They depend on facts read before only where a template names one twice. */
  const failed = new Set<string>()
  const isRepeating = parts.some(({ isFact, text: name }, at) => isFact && parts.findIndex((p) => p.text === name) < at)

  const visit = (at: number, from: number, known: FactValues): Record<string, string> | null => {
    const part = parts[at]
    if (!part) return from === text.length ? { ...known } : null
    const fixed = part.isFact ? valueIn(known, part.text) : part.text
    if (fixed !== undefined) {
      const literal = part.isFact ? escaped(fixed, escaping) : fixed
      return text.startsWith(literal, from) ? visit(at + 1, from + literal.length, known) : null
    }
    const fact = factIn(facts, part.text)
    if (!fact || (!isRepeating && failed.has(`${at} ${from}`))) return null
    for (const end of endsOf(parts[at + 1], text, from)) {
      tries += 1
      if (tries > triesMax) return null
      const value = unescaped(text.slice(from, end), escaping)
      if (value === null || !fitsFact(fact, value)) continue
      const reading = visit(at + 1, end, { ...known, [part.text]: value })
      if (reading) return reading
    }
    failed.add(`${at} ${from}`)
    return null
  }
  return visit(0, 0, {})
}

/** Where a fact that begins at a place may end, the last first: before the text that follows it, or anywhere before a fact. */
function* endsOf(next: Part | undefined, text: string, from: number): Generator<number> {
  if (!next) {
    yield text.length
    return
  }
  for (let end = text.length; end >= from; end--) {
    if (next.isFact || text.startsWith(next.text, end)) yield end
  }
}

const escaped = (value: string, escaping: Escape) => (escaping === 'colon' ? value.replaceAll(':', '%3A') : value)

function unescaped(text: string, escaping: Escape): string | null {
  if (escaping === 'none') return text
  return text.includes(':') ? null : text.replaceAll('%3A', ':')
}

const valueIn = (facts: FactValues, name: string) => (Object.hasOwn(facts, name) ? facts[name] : undefined)
const factIn = (facts: FactTable, name: string) => (Object.hasOwn(facts, name) ? facts[name] : undefined)

const expressions = new WeakMap<Fact, RegExp>()

function expressionOf(fact: Fact): RegExp {
  const made = expressions.get(fact) ?? new RegExp(`^(?:${fact.pattern})$`)
  expressions.set(fact, made)
  return made
}
