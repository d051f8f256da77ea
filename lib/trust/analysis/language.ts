import { uint64Of } from '../json/uint64'
import { keptAnswers } from '../kept-answers'
import { isNegated, isPattern, programOf } from '../matchers/glob'
import type { Matcher } from '../policy'
import { Automaton } from './automaton'
import { type Machine, readings, subsets } from './machine'

/** A set of texts: those in it, and those not in it. `spells`: it lists what is allowed, and denies nothing. */
export type Language = { texts: Machine; others: Machine; spells: boolean }

/**
 * The claims that a matcher accepts, told by the texts in them. A claim of one text is a list of one. A list is accepted when one
 * of its texts is in `some` and all of them are in each of `every`.
 */
export type MatcherLanguage = {
  /** Null = all texts. */
  some: Language | null
  every: Language[]
  /** Whether an element that is neither text, number nor boolean leaves the others to be judged. */
  ignoresOthers: boolean
  /** Whether a number or boolean counts as its text. */
  takesNumbers: boolean
  /** Whether a list is taken. */
  takesLists: boolean
}

/**
 * Returns the language of a matcher, of the same programs that the engine runs; null when it is too large to be built. The limits on
 * the engine's work are left out: beyond them it refuses, so it never accepts a text that is not in the language.
 */
export function languageOf(matcher: Matcher): MatcherLanguage | null {
  if (isTooLong(matcher)) return null
  return languages(JSON.stringify(matcher), () => makeLanguage(matcher))
}

/** The machines that a claim of one text must satisfy all. */
export const machinesOf = ({ some, every }: MatcherLanguage): Machine[] =>
  [...(some ? [some] : []), ...every].map(({ texts }) => texts)

const languages = keptAnswers<MatcherLanguage | null>(200, 20_000)

function makeLanguage(matcher: Matcher): MatcherLanguage | null {
  const usual = { every: [], ignoresOthers: true, takesNumbers: true, takesLists: true }
  if (matcher.kind === 'equals-any') {
    const some = textsLanguage(matcher.values)
    return some && { ...usual, some }
  }
  if (matcher.kind === 'exists') {
    const empty = textsLanguage([''])
    return empty && { ...usual, some: { texts: empty.others, others: empty.texts, spells: false } }
  }
  if (matcher.kind === 'subset-of') {
    const all = textsLanguage(matcher.values)
    return all && { some: null, every: [all], ignoresOthers: false, takesNumbers: false, takesLists: true }
  }
  if (matcher.kind === 'within-bitmask') {
    const texts = numbersWithin(matcher.mask)
    const some = texts && textsLanguage(texts)
    return some && { ...usual, some, takesLists: false }
  }
  const denials = matcher.values.filter(isNegated)
  const allowed = matcher.values.filter((value) => !isNegated(value))
  const some = allowed.length === 0 ? null : patternsLanguage(allowed)
  const denied = denials.length === 0 ? null : denialsLanguage(denials)
  if ((allowed.length > 0 && !some) || (denials.length > 0 && !denied)) return null
  return { ...usual, some, every: denied ? [denied] : [], ignoresOthers: !denied }
}

/** Reading a list of values costs as much as it is long, so the longest lists are not read. */
function isTooLong(matcher: Matcher): boolean {
  if (!('values' in matcher)) return false
  const lengthOf = (values: readonly string[]) => values.reduce((length, value) => length + value.length, 0)
  const patterns = matcher.kind === 'glob-any' ? matcher.values.filter(isPattern) : []
  return lengthOf(matcher.values) > textCharactersMax || lengthOf(patterns) > patternsCharactersMax
}

const textCharactersMax = 200_000
const patternsCharactersMax = 50_000

/** Some texts, letter for letter. */
export function textsLanguage(texts: readonly string[]): Language | null {
  const automaton = new Automaton()
  for (const text of texts) if (!automaton.isFull) automaton.text(text)
  return unionOf(automaton, texts.includes(''))
}

/** One of the patterns matches; the empty text matches none. */
function patternsLanguage(patterns: readonly string[]): Language | null {
  const automaton = new Automaton()
  for (const pattern of patterns) {
    automaton.text(pattern)
    if (automaton.isFull) return null
    const program = isPattern(pattern) ? programOf(pattern) : null
    if (program) automaton.program(program)
  }
  return unionOf(automaton, false)
}

function unionOf(automaton: Automaton, hasEmpty: boolean): Language | null {
  if (automaton.isFull) return null
  return {
    texts: readings(automaton, { accepts: (tags) => tags.length > 0, atStart: hasEmpty }),
    others: subsets(automaton, { accepts: (tags) => tags.length === 0, atStart: !hasEmpty }),
    spells: true,
  }
}

/**
 * Every negated pattern passes a text: the rest of the pattern does not match it, or it is the pattern's own text. The empty text
 * never passes. A pattern that cannot be read passes its own text only.
 */
function denialsLanguage(patterns: readonly string[]): Language | null {
  const automaton = new Automaton()
  const unreadable = new Set<number>()
  for (const [index, pattern] of patterns.entries()) {
    automaton.text(pattern, 2 * index + 1)
    if (automaton.isFull) return null
    const program = programOf(pattern)
    if (program) automaton.program(program, 2 * index)
    else unreadable.add(2 * index)
  }
  if (automaton.isFull) return null
  const passes = (tags: readonly number[]) => [...tags, ...unreadable].every((tag) => tag % 2 || tags.includes(tag + 1))
  return {
    texts: subsets(automaton, { accepts: passes, atStart: false }),
    others: subsets(automaton, { accepts: (tags) => !passes(tags), atStart: true }),
    spells: false,
  }
}

const submaskBitsMax = 12

/** The numbers that set no bit beside a mask's, as texts; null when there are too many. */
function numbersWithin(mask: string): string[] | null {
  const bits = uint64Of(mask) ?? 0n
  const single = Array.from({ length: 64 }, (_, bit) => 1n << BigInt(bit)).filter((bit) => bits & bit)
  if (single.length > submaskBitsMax) return null
  const numbers = [0n]
  for (const bit of single) numbers.push(...numbers.map((number) => number | bit))
  return numbers.map(String)
}
