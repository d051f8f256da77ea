import type { ClaimValue } from '../claims'
import { uint64Of } from '../json/uint64'
import { isNegated, isPattern, newWork, type Work } from '../matchers/glob'
import type { ClaimRule, Matcher } from '../policy'
import { acceptsExample, type Example } from './accepts'
import { type ClaimLanguage, claimLanguage, findMembers } from './claim-language'
import { machineOf } from './expression-machine'
import type { Machine } from './machine'
import { plausibleTexts } from './plausible'
import { findText } from './search'

/**
 * Returns a plausible claim that some rules accept and others refuse, or null. All rules are on one address; no rules accept
 * everything. Null means that there is none, unless `work.isSpent` is set. The engine has judged what is returned.
 */
export function findExcess(rules: readonly ClaimRule[], others: readonly ClaimRule[], work: Work): Example | null {
  if (others.length === 0) return null
  const tells = (example: Example, engine: Work) =>
    acceptsExample(rules, example, engine) === true && acceptsExample(others, example, engine) === false
  const reduced = withoutCommonValues(rules, others)
  const values = reduced.flatMap(({ matcher }) => valuesOf(matcher))
  // Then the texts to be tried are all: the values that only one of two lists has, or the bits of a mask.
  const isDecided = isMask(rules) ? isMask(others) : reduced !== rules && !values.some(isPattern)
  const trying = newWork(tryingStepsMax)
  const tried = likelyTexts(values, others).slice(0, isDecided ? values.length : triedMax)
  const likely = tried.find((value) => tells({ value }, trying))
  if (likely !== undefined) return { value: likely }
  const value = isDecided ? null : findValueBeyond(reduced, others, work)
  if (value !== null && tells({ value }, newWork())) return { value }
  // The engine gives up on some texts that the algebra accepts.
  if (value !== null || (isDecided && trying.isSpent)) work.isSpent = true
  return tells({ absent: true }, newWork()) ? { absent: true } : null
}

/** What the engine may spend on guesses. */
const tryingStepsMax = 30_000
const triedMax = 30

/** Texts that often tell rules apart and that people recognise: the values themselves, and what wildcards let in. */
function likelyTexts(values: readonly string[], others: readonly ClaimRule[]): string[] {
  const known = new Set(others.flatMap(({ matcher }) => valuesOf(matcher)))
  return values
    .filter((value) => !known.has(value) && !isNegated(value))
    .flatMap((value) => (value.includes('*') ? fillings.map((filling) => value.replaceAll('*', filling)) : [value]))
    .filter((text) => text !== '' && !isPattern(text))
}

const fillings = ['x', 'x2']

/**
 * The rules without the values that the others list as well, if nothing but values can differ: long lists differ in few. The rules
 * themselves otherwise.
 */
function withoutCommonValues(rules: readonly ClaimRule[], others: readonly ClaimRule[]): readonly ClaimRule[] {
  const [[rule, ...more], [other, ...otherMore]] = [rules, others]
  if (!rule || !other || more.length > 0 || otherMore.length > 0) return rules
  if (!('values' in rule.matcher) || rule.matcher.kind !== other.matcher.kind) return rules
  if ([rule, other].some(({ matcher }) => valuesOf(matcher).some(isNegated))) return rules
  const known = new Set(valuesOf(other.matcher))
  const values = rule.matcher.values.filter((value) => !known.has(value))
  return [{ ...rule, matcher: { kind: rule.matcher.kind, values } }]
}

const isMask = (rules: readonly ClaimRule[]) => rules.length === 1 && rules[0]?.matcher.kind === 'within-bitmask'

/** The values of a matcher; of a mask its bits. */
function valuesOf(matcher: Matcher): readonly string[] {
  if ('values' in matcher) return matcher.values
  if (matcher.kind === 'exists') return []
  const mask = uint64Of(matcher.mask) ?? 0n
  return Array.from({ length: 64 }, (_, bit) => mask & (1n << BigInt(bit))).flatMap((bit) => (bit ? [String(bit)] : []))
}

function findValueBeyond(rules: readonly ClaimRule[], others: readonly ClaimRule[], work: Work): ClaimValue | null {
  const [one, other] = [claimLanguage(rules), claimLanguage(others)]
  if (!one || !other) {
    work.isSpent = true
    return null
  }
  const plausible = plausibleTexts([...rules, ...others])
  const texts = [...[...one.some, ...one.every].map(textsOf), ...plausible]
  for (const part of [...other.some, ...other.every]) {
    const text = findText([...texts, part.others], work)
    if (text !== null) return text
  }
  const number = one.takesNumbers && !other.takesNumbers ? findText([...texts, numbers], work) : null
  if (number !== null) return /^[tf]/.test(number) ? number === 'true' : Number(number)
  return one.takesLists ? findListBeyond(one, other, plausible, work) : null
}

/** A list of several elements that one side accepts and the other does not. */
function findListBeyond(one: ClaimLanguage, other: ClaimLanguage, among: Machine[], work: Work): ClaimValue | null {
  const members = findMembers(one, work, among)
  if (!members) return null
  if (!other.takesLists) return [...members, ...members].slice(0, Math.max(2, members.length))
  for (const part of other.every) {
    const text = findText([...among, ...one.every.map(textsOf), part.others], work)
    if (text !== null) return [...members, text]
  }
  for (const part of other.some) {
    const outside = findMembers(one, work, [...among, part.others])
    if (outside) return outside
  }
  return one.ignoresOthers && !other.ignoresOthers ? [...members, null] : null
}

const textsOf = ({ texts }: { texts: Machine }) => texts

/** Texts of booleans and numbers. */
const numbers = machineOf('true|false|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]*[1-9])?')
