import { findClaim, stringsOf } from '../claims'
import { isNegated, type Work } from '../matchers/glob'
import { splitList } from '../matchers/glob-list'
import type { ClaimRule, Matcher } from '../policy'
import { claimOf } from '../presets/claim-of'
import type { Preset } from '../presets/preset'
import { sampleClaims, sampleJob } from '../presets/sample-claims'
import { print } from '../presets/template'
import type { Dead, DeadCause } from './deadness'
import { nearest } from './did-you-mean'
import { shown } from './fact-words'
import { grammarOf } from './grammar'
import { languageOf, machinesOf } from './language'
import type { Machine } from './machine'
import { newQuestion } from './question'
import { findText } from './search'

type Case = { rule: ClaimRule; preset: Preset; grammar: readonly Machine[]; others: readonly Preset[] }

/** Whether the issuer sends a text that a value accepts. */
type Lives = (value: string, kind?: Matcher['kind']) => boolean

/** More values than this are not looked at for what was meant. */
const triedMax = 5

/** Says why a rule accepts none of the texts that the issuer sends, and what was meant. Each proposal is one that it sends. */
export function causeOf(one: Case): Dead {
  const { rule, preset, grammar, others } = one
  const { matcher, path } = rule
  if (!('values' in matcher)) return dead('wrong-type', 'The issuer sends no such number there.')
  const isGlob = matcher.kind === 'glob-any'
  const values = matcher.values.filter((value) => !isGlob || !isNegated(value))
  const work = newQuestion()
  const lives: Lives = (value, kind = matcher.kind) => isSent(value, kind, grammar, work)
  if (values.length === 0 || values.some((value) => lives(value))) {
    return dead('contradiction', 'What is denied leaves nothing of what the issuer sends.')
  }
  for (const value of values.slice(0, triedMax)) {
    const text = shown(value)
    if (!isGlob && /[*?]/.test(value) && lives(value, 'glob-any')) {
      return dead('literal-wildcard', `This rule compares exactly, so the * or ? in ${text} is only a character.`)
    }
    const slip = slipOf(value, lives)
    if (slip) return slip
    const listed = listIn(value)
    if (listed.some((part) => lives(part))) {
      const message = `With its comma, ${text} is one value, which the issuer does not send. Give each of the ${listed.length} as a value of its own.`
      return dead('list', message)
    }
    const other = path === 'sub' && others.find((one) => one !== preset && sendsSubject(one, value, matcher.kind, work))
    if (other) return dead('other-issuer', `${text} is a subject of ${other.title}, not of ${preset.title}.`)
    if (lives(`${isGlob ? value : quoted(value)}*`, 'glob-any')) {
      const message = `What the issuer sends continues after ${text}.${exampleAt(preset, path)}`
      return dead('incomplete', message, completed(value, one, lives))
    }
    const meant = near(value, isGlob, grammar, lives, work)
    if (meant) return meant
  }
  return dead(
    'unknown-value',
    `The issuer sends nothing that ${shown(values[0] ?? '')} accepts.${exampleAt(preset, path)}`,
  )
}

/** What is listed in one value, as Infisical writes lists; empty where nothing is. Pasted lists are short. */
const listIn = (value: string): string[] => {
  const parts = value.includes(',') ? splitList(value) : []
  return parts.length > 1 && parts.length <= listedMax ? parts : []
}
const listedMax = 20

const dead = (why: DeadCause, message: string, didYouMean: string | null = null): Dead => ({
  ...{ dead: true, why, message },
  ...(didYouMean === null ? {} : { didYouMean }),
})

function isSent(value: string, kind: Matcher['kind'], grammar: readonly Machine[], work: Work): boolean {
  work.steps += value.length
  if (work.steps > work.stepsMax || kind === 'within-bitmask') return false
  const language = languageOf({ kind, values: [value] })
  return language !== null && findText([...machinesOf(language), ...grammar], work) !== null
}

/** Ways in which people write a value differently from the issuer; what they meant, best first. */
const slips: { why: DeadCause; says: string; changes: (value: string) => string[] }[] = [
  { why: 'blank', says: 'There are spaces at the ends.', changes: (value) => [value.trim()] },
  {
    why: 'regular-expression',
    says: 'The value is written as a regular expression; here * alone matches any text, and a dot is a dot.',
    changes: (value) => [asPattern(value)],
  },
  {
    why: 'wrong-ref',
    says: 'A branch or tag is written differently there.',
    changes: (value) => [
      value.replace(/refs?\/heads?\//, 'refs/heads/'),
      value.replace(/refs?\/tags?\//, 'refs/tags/'),
      value.replace(/(^|:)(heads|tags)\//, '$1refs/$2/'),
      value.replace(/refs\/(?:heads|tags)\//, ''),
      ...(value.includes('refs/') ? [] : withRef(value)),
    ],
  },
  { why: 'wrong-case', says: 'Upper and lower case count.', changes: (value) => [value.toLowerCase()] },
]

function slipOf(value: string, lives: Lives): Dead | null {
  for (const { why, says, changes } of slips) {
    const meant = changes(value).find((changed) => changed !== value && changed !== '' && lives(changed))
    if (meant !== undefined) return dead(why, `${says} The issuer sends ${shown(meant)}.`, meant)
  }
  return null
}

/** The value with `refs/heads/` in front of it, or of its last part. */
function withRef(value: string): string[] {
  const last = value.search(/[^:@]*$/)
  return ['refs/heads/', 'refs/tags/'].flatMap((ref) => [ref + value, value.slice(0, last) + ref + value.slice(last)])
}

const asPattern = (expression: string) =>
  expression
    .replace(/^\^|\$$/g, '')
    .replace(/\.[*+]|\[\^[^\]]*\][*+]/g, '*')
    .replace(/\\([./:@-])/g, '$1')

/** A text of the grammar that differs in a few characters. */
function near(value: string, isGlob: boolean, grammar: readonly Machine[], lives: Lives, work: Work): Dead | null {
  const [texts] = grammar
  const meant = texts ? nearest(value, isGlob, texts, work) : null
  if (meant === null || !lives(meant)) return null
  const isCase = meant.toLowerCase() === value.toLowerCase()
  return dead(
    isCase ? 'wrong-case' : 'misspelt',
    `The issuer sends nothing like ${shown(value)}, but ${shown(meant)}.`,
    meant,
  )
}

/** Whether another issuer's subjects have such a text. One that sends texts of any form tells nothing. */
function sendsSubject(preset: Preset, value: string, kind: Matcher['kind'], work: Work): boolean {
  const grammar = grammarOf(preset, 'sub')
  if (!grammar?.isSent || !isSent(value, kind, grammar.texts, work)) return false
  return formless.every((text) => !isSent(text, 'equals-any', grammar.texts, work))
}

const formless = ['x', '12345', 'two words', 'a:b', 'a/b', 'a:b:c', 'https://a.example/b', 'a@b.example']

/** The value with what a usual token has behind it, if that names circumstances of the run alone; or null. */
function completed(value: string, { preset, rule }: Case, lives: Lives): string | null {
  const { facts } = sampleJob(preset)
  const marked = Object.fromEntries(
    Object.entries(facts).map(([name, text]) => [name, preset.facts[name]?.role === 'context' ? text : identity]),
  )
  const samples =
    rule.path === 'sub'
      ? preset.subjects.map((format) => print(format.template, marked, format.escape))
      : [print(claimOf(preset, rule.path)?.from ?? '', marked)]
  for (const sample of samples) {
    const parts = sample?.split(/(?=[:/@])/) ?? []
    const rests = parts.map((_, at) => parts.slice(-1 - at).join('')).filter((rest) => !rest.includes(identity))
    const meant = rests.map((rest) => value + rest).find((text) => lives(text))
    if (meant !== undefined) return meant
  }
  return null
}

/** Takes the place of facts that a proposal must not make up; no issuer sends it. */
const identity = '\ue000'

/** A sentence with what a sample has there, or nothing. */
function exampleAt(preset: Preset, path: string): string {
  const claim = findClaim(sampleClaims(preset, { now: 0 }), path)
  const [text] = claim === undefined ? [] : stringsOf(claim)
  return text ? ` It sends, for example, ${shown(text)}.` : ''
}

const quoted = (text: string) => text.replace(/[\\*?[\]{}!@+()]/g, '\\$&')
