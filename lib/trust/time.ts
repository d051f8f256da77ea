import { type JsonValue, typeWords } from './json/json'

/** Claims whose value is a moment (RFC 7519 §4.1, OpenID Connect Core §2 and §5.1, RFC 8417 §2.2). */
export const timeClaims: readonly string[] = ['exp', 'nbf', 'iat', 'auth_time', 'updated_at', 'toe']

/** A moment in epoch seconds, or what is wrong with it as the end of a sentence that begins with the claim's name. */
export type TimeReading = { ok: true; seconds: number } | { ok: false; problem: string; fix: string }

/**
 * Reads a NumericDate (RFC 7519 §2): a finite number of seconds since 1970, not negative, and not text. Other units are told
 * by their size: in seconds they would name a year that no calendar has.
 */
export function readTime(value: JsonValue): TimeReading {
  if (typeof value === 'string') return { ok: false, problem: `is ${textWords(value)}`, fix: writeNumber }
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    return { ok: false, problem: `is ${typeWords(value)}`, fix: writeNumber }
  }
  const moment = Number(value)
  const unit = unitOf(moment)
  if (unit) {
    const fix = `Have the issuer write seconds: ${unit.name} divided by ${unit.perSecond}.`
    return { ok: false, problem: `looks like ${unit.name}`, fix }
  }
  if (Number.isFinite(moment) && moment >= 0 && moment < secondsMax) return { ok: true, seconds: moment }
  return { ok: false, problem: moment < 0 ? 'is negative' : 'is no time of any calendar', fix: writeNumber }
}

/** What a reader should know of a claim that names a moment, wherever it is shown; null when it is plain, or no time claim. */
export function timeProblem(name: string, value: JsonValue): string | null {
  if (!timeClaims.includes(name)) return null
  const reading = readTime(value)
  return reading.ok ? null : `It ${reading.problem}; a time is a number of seconds since 1970.`
}

const writeNumber = 'Have the issuer write the time as a number of seconds since 1970, without quotes.'

/** The year 17 800: seconds beyond it are another unit. Before it, milliseconds would name a day before 1986. */
const secondsMax = 5e11

const units = [
  { name: 'milliseconds', perSecond: '1 000', from: secondsMax, to: 5e14 },
  { name: 'microseconds', perSecond: '1 000 000', from: 5e14, to: 5e17 },
  { name: 'nanoseconds', perSecond: '1 000 000 000', from: 5e17, to: 5e20 },
] as const

const unitOf = (moment: number) => units.find(({ from, to }) => moment >= from && moment < to)

function textWords(text: string): string {
  const bare = text.trim()
  if (/^[+-]?\d{1,20}(?:\.\d{1,20})?$/.test(bare)) {
    const unit = unitOf(Number(bare))
    return `a number in quotes${unit ? `, and looks like ${unit.name}` : ''}`
  }
  const isDate = /^\d{4}-\d{2}-\d{2}|^[A-Za-z]{3}, \d|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(bare)
  return isDate ? 'a date as text' : 'text'
}
