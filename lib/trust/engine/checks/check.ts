import { shortenText } from '../../cut-text'
import { type JsonValue, stringifyJson } from '../../json/json'
import { rowOf } from '../check-table'
import type { Reason } from '../reasons'
import type { Check, CheckId } from '../verdict'

type More = Partial<Pick<Check, 'expected' | 'received' | 'fix' | 'suggestion' | 'field' | 'trusted'>>

export const pass = (id: CheckId, message: string, more: More = {}): Check => check(id, 'pass', message, more)

export const warn = (id: CheckId, message: string, more: More = {}): Check => check(id, 'warn', message, more)

/** A check that could not be made, or was not asked for. */
export const skip = (id: CheckId, message: string, more: More = {}): Check => check(id, 'skipped', message, more)

export const fail = (id: CheckId, reason: Reason, message: string, more: More = {}): Check => ({
  ...check(id, 'fail', message, more),
  reason,
})

/** A value from the token for people to read, cut to a readable length. */
export function show(value: JsonValue | undefined): string {
  if (value === undefined) return '(missing)'
  return shortenText(stringifyJson(value), shownMax)
}

const shownMax = 300

function check(id: CheckId, status: Check['status'], message: string, more: More): Check {
  return { id, status, title: titleOf(id), message, trusted: true, ...more }
}

/** Returns the title of a check for a list. */
export const titleOf = (id: CheckId): string => rowOf(id).title

/** Returns the part of a trust that asks for a check. */
export const fieldOf = (id: CheckId): string | undefined => rowOf(id).field
