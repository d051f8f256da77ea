import { explainTemplate, isIssuerTemplate } from '../../issuer-template'
import type { KeySet } from '../../key-sources/key-source'
import type { Reason } from '../reasons'
import type { Check } from '../verdict'
import { fail, pass, warn } from './check'
import { askedSourcesMax, type SourceAnswer } from './key-candidates'

type Trouble = { index: number; reason: Reason; message: string; fix: string; received?: string; expected?: string }

/** The trust's issuer, and the one the token names, which proves nothing yet: it only helps to give advice. */
export type Issuers = { issuer: string | null; tokenIssuer: string | null }

/** `keys.source`: fails only when a source is in trouble and there is no key for this token. `keysFrom`: the sources of those there are. */
export function checkSources(answers: readonly SourceAnswer[], issuers: Issuers, keysFrom: readonly number[]): Check {
  const id = 'keys.source'
  const troubles = answers.flatMap((answer) => troubleOf(answer, issuers) ?? [])
  const [trouble] = troubles
  const skipped = answers.filter(isNotAsked).length
  if (trouble) {
    const { index, reason, message, ...more } = trouble
    const field = `keys.${index}`
    if (keysFrom.length === 0) return fail(id, reason, message, { ...more, field })
    const other = keysFrom.some((source) => source !== index) ? ' Another source has a key for this token.' : ''
    return warn(id, `${message}${other}`, { ...more, field })
  }
  if (skipped > 0) {
    const count = answers.filter(({ isLocal }) => !isLocal).length
    return warn(
      id,
      `${skipped} of ${count} key sources were not fetched: a login fetches only the first ${askedSourcesMax}.`,
      {
        fix: 'Move the source of this issuer further up, or create a separate trust for each issuer.',
        field: 'keys',
      },
    )
  }
  const stale = answers.find(({ set }) => set.status === 'ok' && set.stale)
  if (stale?.set.status === 'ok' && stale.set.stale) {
    const since = timeText(stale.set.stale.since)
    return warn(id, `The keys could not be refreshed since ${since}; the last good ones are used.`, {
      field: `keys.${stale.index}`,
      fix: stale.set.stale.message,
    })
  }
  const count = answers.reduce((sum, { set }) => sum + (set.status === 'ok' ? set.keys.length : 0), 0)
  const dates = answers.flatMap(({ set }) => (set.status === 'ok' && set.fetchedAt !== null ? [set.fetchedAt] : []))
  const age = dates.length > 0 ? `, fetched ${timeText(Math.min(...dates))}` : ''
  return pass(
    id,
    `${count === 1 ? 'One key' : `${count} keys`} from ${answers.length === 1 ? 'one source' : `${answers.length} sources`}${age}.${ignoredWords(answers)}`,
  )
}

/** Whether keys of this source may be used: a discovery document that names another issuer vouches for nothing. */
export const isTrusted = ({ set }: SourceAnswer, issuer: string | null): boolean =>
  set.issuer === undefined || issuer === null || set.issuer === issuer

const isNotAsked = ({ set }: SourceAnswer) => set.status === 'unavailable' && set.reason === 'not-asked'

/** The document is judged before its keys are: where it names another issuer, keys that cannot be had change nothing. */
function troubleOf(answer: SourceAnswer, { issuer, tokenIssuer }: Issuers): Trouble | null {
  const { set, index, isLocal } = answer
  if (set.issuer !== undefined && !isTrusted(answer, issuer)) {
    const isTemplate = isIssuerTemplate(set.issuer)
    return {
      index,
      reason: 'key_source_issuer',
      message: isTemplate
        ? 'The issuer in the discovery document is a template for many tenants.'
        : 'The discovery document names another issuer than this trust.',
      expected: issuer ?? undefined,
      received: set.issuer,
      fix: isTemplate
        ? explainTemplate(set.issuer, [issuer, tokenIssuer])
        : 'Copy the issuer from the discovery document, letter for letter, if it is the one you mean.',
    }
  }
  if (set.status === 'ok' || isLocal || isNotAsked(answer)) return null
  return { index, reason: reasonOf(set), message: set.message, fix: set.fix }
}

const reasonOf = (set: Extract<KeySet, { status: 'unavailable' }>): Reason =>
  set.reason === 'tls-untrusted' ? 'key_source_tls' : 'key_source_unavailable'

/** Names entries of key sets that are no keys, the first few. */
function ignoredWords(answers: readonly SourceAnswer[]): string {
  const ignored = answers.flatMap(({ set }) => set.ignored ?? [])
  const named = ignored
    .slice(0, 3)
    .map(({ entry, problem }) => ` Entry ${entry} of the key set ${problem}, and is ignored.`)
  return `${named.join('')}${ignored.length > named.length ? ` So are ${ignored.length - named.length} more.` : ''}`
}

/** RFC 3339 in UTC; the number itself where it is no moment a calendar knows. */
export function timeText(epochSeconds: number): string {
  const date = new Date(epochSeconds * 1000)
  return Number.isNaN(date.getTime())
    ? String(epochSeconds)
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
