import type { JsonObject, JsonValue } from '../../json/json'
import type { TrustPolicy } from '../../policy'
import { readTime } from '../../time'
import type { Check, CheckId } from '../verdict'
import { fail, fieldOf, pass, show, skip, warn } from './check'
import { timeText } from './source-check'

/** A token that lives longer than this many seconds is mentioned: it is a password in all but name. */
const longLifeSeconds = 24 * 3600

/** `exp`, `nbf`, `iat`, `lifetime` and `age`. Comparisons are worded so that a clock that is no number refuses. */
export function checkTimes(claims: JsonObject, lifetime: TrustPolicy['lifetime'], now: number): Check[] {
  return [
    checkExpiry(claims, lifetime, now),
    checkNotBefore(claims, lifetime, now),
    checkIssuedAt(claims, lifetime, now),
    checkLifetime(claims),
    checkAge(claims, lifetime, now),
  ]
}

type Lifetime = TrustPolicy['lifetime']

function checkExpiry({ exp }: JsonObject, { requireExpiry, expirySkewSeconds }: Lifetime, now: number): Check {
  const id = 'exp'
  if (exp === undefined) {
    const more = { field: 'lifetime.requireExpiry', fix: 'Have the issuer set "exp".' }
    if (!requireExpiry) return warn(id, 'The token never expires.', more)
    return fail(id, 'expiry_missing', 'The token has no expiry ("exp").', { ...more, expected: 'a time in seconds' })
  }
  const moment = momentOf(exp)
  if (moment === null) return malformed(id, exp)
  const more = {
    received: timeText(moment),
    expected: `later than ${timeText(now)}`,
    field: fieldOf(id),
  }
  if (moment > now) return pass(id, `The token expires in ${durationText(moment - now)}.`, more)
  const expired = `The token expired ${durationText(now - moment)} ago`
  if (moment > now - expirySkewSeconds)
    return pass(id, `${expired}, within the ${expirySkewSeconds} s that are allowed.`, more)
  const fix = isDuration(moment, now)
    ? `"exp" looks like a lifetime (${moment} s): it must be the moment of expiry, in seconds since 1970.`
    : 'Take a fresh token right before the login.'
  return fail(id, 'token_expired', `${expired}.`, { ...more, fix })
}

function checkNotBefore({ nbf }: JsonObject, { clockSkewSeconds }: Lifetime, now: number): Check {
  const id = 'nbf'
  if (nbf === undefined) return skip(id, 'The token does not say from when it is valid.')
  const moment = momentOf(nbf)
  if (moment === null) return malformed(id, nbf)
  const more = {
    received: timeText(moment),
    expected: `not later than ${timeText(now)}`,
    field: fieldOf(id),
  }
  if (moment <= now) return pass(id, 'The token is already valid.', more)
  const early = `The token is valid only in ${durationText(moment - now)}`
  if (moment <= now + clockSkewSeconds)
    return pass(id, `${early}, within the ${clockSkewSeconds} s that clocks may differ.`, more)
  return fail(id, 'token_not_yet_valid', `${early}.`, { ...more, fix: clockFix })
}

function checkIssuedAt({ iat }: JsonObject, { clockSkewSeconds }: Lifetime, now: number): Check {
  const id = 'iat'
  if (iat === undefined) return skip(id, 'The token does not say when it was issued.')
  const moment = momentOf(iat)
  if (moment === null) return malformed(id, iat)
  const more = {
    received: timeText(moment),
    expected: `not later than ${timeText(now)}`,
    field: fieldOf(id),
  }
  if (moment <= now) return pass(id, `The token was issued ${durationText(now - moment)} ago.`, more)
  const ahead = `The token was issued ${durationText(moment - now)} in the future`
  if (moment <= now + clockSkewSeconds)
    return pass(id, `${ahead}, within the ${clockSkewSeconds} s that clocks may differ.`, more)
  return fail(id, 'token_issued_in_future', `${ahead}.`, { ...more, fix: clockFix })
}

function checkLifetime({ exp, iat }: JsonObject): Check {
  const id = 'lifetime'
  const end = momentOf(exp)
  const start = momentOf(iat)
  if (end === null || start === null) return skip(id, 'Without issue time and expiry there is no lifetime to check.')
  const seconds = end - start
  if (!(seconds > 0)) {
    return fail(id, 'lifetime_impossible', 'The token expires before it was issued.', {
      received: `${seconds} s`,
      expected: 'more than 0 s',
    })
  }
  const received = durationText(seconds)
  if (seconds <= longLifeSeconds) return pass(id, `The token lives for ${received}.`, { received })
  return warn(id, `The token lives for ${received}: a stolen copy works that long.`, {
    received,
    fix: 'Have the issuer make shorter-lived tokens.',
  })
}

function checkAge({ iat }: JsonObject, { tokenAgeSecondsMax, expirySkewSeconds }: Lifetime, now: number): Check {
  const id = 'age'
  if (tokenAgeSecondsMax === null) return skip(id, 'Any age is accepted.', { field: fieldOf(id) })
  const more = { expected: `at most ${durationText(tokenAgeSecondsMax)}`, field: fieldOf(id) }
  if (iat === undefined) {
    return fail(
      id,
      'issued_at_missing',
      'The token does not say when it was issued ("iat"), so its age is unknown.',
      more,
    )
  }
  const reading = readTime(iat)
  if (!reading.ok) {
    const message = `The age is unknown: "iat" ${reading.problem}.`
    return fail(id, 'time_claim_malformed', message, { ...more, fix: reading.fix })
  }
  const received = durationText(Math.max(0, now - reading.seconds))
  if (now - reading.seconds <= tokenAgeSecondsMax + expirySkewSeconds)
    return pass(id, 'The token is young enough.', { ...more, received })
  return fail(id, 'token_too_old', 'The token was issued too long ago.', {
    ...more,
    received,
    fix: 'Take a fresh token right before the login.',
  })
}

const clockFix = 'Compare the clocks of issuer and server; a small difference can be allowed for in the trust.'

/** Null for what is no time, and for what is not there. */
function momentOf(value: JsonValue | undefined): number | null {
  const reading = value === undefined ? null : readTime(value)
  return reading?.ok ? reading.seconds : null
}

function malformed(id: CheckId, value: JsonValue): Check {
  const reading = readTime(value)
  const { problem, fix } = reading.ok ? { problem: 'is no time', fix: undefined } : reading
  return fail(id, 'time_claim_malformed', `"${id}" ${problem}: it must be a number of seconds since 1970.`, {
    received: show(value),
    expected: 'a finite number of seconds, not negative',
    fix,
  })
}

/** An expiry before 1973 was no moment: what is meant is how long the token lives. */
const isDuration = (moment: number, now: number) => moment > 0 && moment < 1e8 && now > 1e9

/** "4 min 12 s"; two units are enough for people. */
export function durationText(seconds: number): string {
  let rest = Math.floor(Math.abs(seconds))
  if (!Number.isFinite(rest)) return 'an unknown time'
  const parts: string[] = []
  for (const [name, size] of units) {
    const count = Math.floor(rest / size)
    if (count > 0 && parts.length < 2) parts.push(`${count} ${name}`)
    rest -= count * size
  }
  return parts.join(' ') || '0 s'
}

const units: [string, number][] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
]
