import type { KeySet } from '../key-sources/key-source'
import type { Reason } from '../reasons'
import type { Check } from '../verdict'
import { fail, pass, warn } from './check'
import { askedSourcesMax, type SourceAnswer } from './key-candidates'

type Trouble = { index: number; reason: Reason; message: string; fix: string; received?: string; expected?: string }

/** `keys.source`: fails only when a source is in trouble and none of the others has a key for this token. */
export function checkSources(answers: readonly SourceAnswer[], issuer: string | null, hasKey: boolean): Check {
  const id = 'keys.source'
  const troubles = answers.flatMap((answer) => troubleOf(answer, issuer) ?? [])
  const [trouble] = troubles
  const skipped = answers.filter(isNotAsked).length
  if (trouble) {
    const { index, reason, message, ...more } = trouble
    const field = `keys.${index}`
    if (!hasKey) return fail(id, reason, message, { ...more, field })
    return warn(id, `${message} Another source has a key for this token.`, { ...more, field })
  }
  if (skipped > 0) {
    const count = answers.filter(({ isLocal }) => !isLocal).length
    return warn(id, `${skipped} of ${count} key sources were not asked: one login asks the first ${askedSourcesMax}.`, {
      fix: 'Put the source of this issuer among the first, or give each issuer a trust of its own.',
      field: 'keys',
    })
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
    `${count === 1 ? 'One key' : `${count} keys`} from ${answers.length === 1 ? 'one source' : `${answers.length} sources`}${age}.`,
  )
}

/** Whether keys of this source may be used: a discovery document that names another issuer vouches for nothing. */
export function isTrusted({ set }: SourceAnswer, issuer: string | null): boolean {
  return set.status === 'ok' && (set.issuer === undefined || issuer === null || set.issuer === issuer)
}

const isNotAsked = ({ set }: SourceAnswer) => set.status === 'unavailable' && set.reason === 'not-asked'

function troubleOf(answer: SourceAnswer, issuer: string | null): Trouble | null {
  const { set, index, isLocal } = answer
  if (set.status === 'unavailable') {
    return isLocal || isNotAsked(answer) ? null : { index, reason: reasonOf(set), message: set.message, fix: set.fix }
  }
  if (isTrusted(answer, issuer)) return null
  return {
    index,
    reason: 'key_source_issuer',
    message: 'The discovery document names another issuer than this trust.',
    expected: issuer ?? undefined,
    received: set.issuer,
    fix: 'Copy the issuer from the discovery document, letter for letter, if it is the one you mean.',
  }
}

const reasonOf = (set: Extract<KeySet, { status: 'unavailable' }>): Reason =>
  set.reason === 'tls-untrusted' ? 'key_source_tls' : 'key_source_unavailable'

/** RFC 3339 in UTC; the number itself where it is no moment a calendar knows. */
export function timeText(epochSeconds: number): string {
  const date = new Date(epochSeconds * 1000)
  return Number.isNaN(date.getTime())
    ? String(epochSeconds)
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
