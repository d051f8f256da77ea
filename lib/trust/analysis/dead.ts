import { isNegated, isReadablePattern, type Work } from '../matchers/glob'
import type { ClaimRule, Matcher } from '../policy'
import { claimOf } from '../presets/claim-of'
import type { Preset } from '../presets/preset'
import { claimLanguage, findMembers } from './claim-language'
import { causeOf } from './dead-cause'
import type { Dead, DeadCause, Deadness } from './deadness'
import { type ClaimGrammar, grammarOf, isConfigurable } from './grammar'
import { languageOf, machinesOf } from './language'
import type { Machine } from './machine'
import { similarClaim } from './other-claim'
import { plausibleTexts } from './plausible'
import { newQuestion } from './question'
import { findText, hasText } from './search'

/** `others`: presets among which to look for the issuer that was meant. */
export type DeadOptions = { others?: readonly Preset[]; work?: Work }

/**
 * Tells whether a rule can never accept a token: no plausible text is both in its language and in what the issuer sends. Without a
 * preset an issuer may send anything. Never `dead` when one such text exists; `unknown` when finding out costs too much, or when the
 * preset does not say which claims there are.
 */
export function isDead(rule: ClaimRule, preset: Preset | null = null, options: DeadOptions = {}): Deadness {
  const { others = [], work = newQuestion() } = options
  const { path, matcher, whenAbsent } = rule
  const alone = isContradictory(rule, [], work)
  if (alone === 'unknown' && !('values' in matcher)) return 'unknown'
  if (alone === true) return whenAbsent === 'allow' ? { dead: false } : contradiction(matcher)
  if (!preset) return alone === 'unknown' ? 'unknown' : { dead: false }
  const grammar = grammarOf(preset, path)
  if (!grammar) return 'unknown'
  if (!grammar.isSent) return whenAbsent === 'allow' ? { dead: false } : notSent(preset, path, others)
  if (whenAbsent === 'allow' && grammar.isOptional) return { dead: false }
  const fault = typeFault(matcher, grammar)
  if (fault) return { dead: true, why: 'wrong-type', message: fault }
  const { texts } = grammar
  if (texts.length === 0) return alone === 'unknown' ? 'unknown' : { dead: false }
  const empty = isContradictory(rule, texts, work)
  if (empty === 'unknown') return 'unknown'
  if (empty) return causeInForms({ rule, preset, others }, grammar)
  if (!grammar.usual || isContradictory(rule, grammar.usual, work) !== true) return { dead: false }
  return { dead: false, needs: 'composed-subject' }
}

/** Looks for what was meant in the usual forms first. */
function causeInForms(
  one: { rule: ClaimRule; preset: Preset; others: readonly Preset[] },
  { texts, usual }: Sent,
): Dead {
  const cause = causeOf({ ...one, grammar: usual ?? texts })
  return cause.why === 'unknown-value' && usual ? causeOf({ ...one, grammar: texts }) : cause
}

/** Returns the places of values that accept nothing of the issuer, of a rule that lists alternatives. Denials are not looked at. */
export function deadValues({ path, matcher }: ClaimRule, preset: Preset, work: Work = newQuestion()): number[] {
  const grammar = grammarOf(preset, path)
  if (!grammar?.isSent || grammar.texts.length === 0 || !('values' in matcher)) return []
  const { kind, values } = matcher
  const texts = grammar.texts
  return values.flatMap((value, index) => {
    if (work.isSpent || (kind === 'glob-any' && isNegated(value))) return []
    const one: ClaimRule = { path, matcher: { kind, values: [value] }, whenAbsent: 'refuse' }
    return isContradictory(one, texts, work) === true ? [index] : []
  })
}

/** Whether no plausible text among some is accepted. A long list is tried value by value. */
function isContradictory(rule: ClaimRule, among: readonly Machine[], work: Work): boolean | 'unknown' {
  const { matcher } = rule
  const language = claimLanguage([rule])
  const plausible = plausibleTexts([rule])
  if (language && findMembers(language, work, [...among, ...plausible]) !== null) return false
  if (language && !work.isSpent) return true
  if (!('values' in matcher)) return among.every((texts) => hasText(texts, '0', newQuestion())) ? false : 'unknown'
  if (matcher.kind === 'glob-any' && matcher.values.some(isNegated)) return 'unknown'
  const question = newQuestion()
  for (const value of matcher.values) {
    question.steps += value.length
    const one = languageOf({ kind: matcher.kind, values: [value] })
    if (!one) return 'unknown'
    if (findText([...machinesOf(one), ...among, ...plausible], question) !== null) return false
    if (question.isSpent) return 'unknown'
  }
  return true
}

function contradiction(matcher: Matcher): Dead {
  const unreadable =
    'values' in matcher && matcher.kind === 'glob-any' && matcher.values.find((value) => !isReadablePattern(value))
  if (unreadable) {
    return dead('unreadable', `${JSON.stringify(unreadable)} cannot be read as a pattern, so it accepts nothing.`)
  }
  const isEmpty = 'values' in matcher && matcher.values.length === 0
  return dead(
    'contradiction',
    isEmpty ? 'The list of values is empty.' : 'What is denied leaves nothing of what is allowed.',
  )
}

const dead = (why: DeadCause, message: string): Dead => ({ dead: true, why, message })

type Sent = Extract<ClaimGrammar, { isSent: true }>

function typeFault(matcher: Matcher, { type }: Sent): string | null {
  if (type === 'object') return 'The issuer sends an object there, and no rule can compare one. Name a claim inside it.'
  if (matcher.kind === 'subset-of' && (type === 'number' || type === 'boolean')) {
    return `The issuer sends a ${type} there; "every value is one of" takes only text.`
  }
  return matcher.kind === 'within-bitmask' && (type === 'list' || type === 'boolean')
    ? `The issuer sends a ${type} there; bits are compared of a number.`
    : null
}

/** A claim that the preset does not have: of another issuer, misspelt, or unknown to the preset alone. */
function notSent(preset: Preset, path: string, others: readonly Preset[]): Deadness {
  if (isConfigurable(preset)) return 'unknown'
  const meant = similarClaim(preset, path)
  if (meant !== null) {
    const message = `${preset.title} sends no claim at ${JSON.stringify(path)}, but one at ${JSON.stringify(meant)}.`
    return { ...dead('not-sent', message), didYouMean: meant }
  }
  const other = others.find((one) => one.id !== preset.id && !isConfigurable(one) && claimOf(one, path))
  if (!other) return 'unknown'
  return dead('other-issuer', `${preset.title} sends no claim at ${JSON.stringify(path)}; ${other.title} does.`)
}
