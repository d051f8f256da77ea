import type { JsonObject, JsonValue } from '@/lib/trust/json/json'
import type { Lifetime } from '@/lib/trust/policy'
import { readTime, timeClaims } from '@/lib/trust/time'

/** Meanings of registered claims (RFC 7519 §4.1, OpenID Connect Core 1.0 §2, RFC 8693 §4, RFC 9068 §2.2). */
const meanings: Readonly<Record<string, string>> = {
  iss: 'Issuer: who made the token',
  sub: 'Subject: who or what the token is about',
  aud: 'Audience: who the token is intended for',
  exp: 'Expires: invalid from then on',
  nbf: 'Not before: invalid until then',
  iat: 'Issued at',
  jti: 'Token ID: different for every token',
  azp: 'Authorized party: the client it was issued to',
  auth_time: 'When the person signed in',
  nonce: 'Binds the token to one sign-in',
  acr: 'How strong the sign-in was',
  amr: 'By which methods the person signed in',
  at_hash: 'Hash of an access token issued along',
  scope: 'What it may be used for',
  client_id: 'The client it was issued to',
  act: 'Who acts on behalf of the subject',
  may_act: 'Who may act on behalf of the subject',
  cnf: 'The key the bearer must prove to have',
  email: 'E-mail address',
  name: 'Full name',
  sid: 'Session ID',
  roles: 'Roles',
  groups: 'Groups',
  entitlements: 'Entitlements',
}

export const meaningOf = (name: string): string | null =>
  Object.hasOwn(meanings, name) ? (meanings[name] ?? null) : null

/** Returns the time of a time claim in milliseconds; null for other claims and invalid times. */
export function momentMsOf(name: string, value: JsonValue): number | null {
  const reading = timeClaims.includes(name) ? readTime(value) : null
  return reading?.ok ? reading.seconds * 1000 : null
}

/** Validity of a token and the position of now in it; times in epoch seconds, positions from 0 to 1. */
export type Validity = {
  start: number | null
  end: number
  now: number
  startAt: number
  endAt: number
  nowAt: number
  /** Where the time begins and ends in which the token is taken all the same. */
  allowedFromAt: number
  allowedToAt: number
}

/**
 * Returns how to draw a token's validity: from `nbf`, else `iat`, to `exp`. Now is always on the bar; a past or future
 * validity fills a part of it. Null without an `exp`.
 * @param allowed how far clocks may differ before and after it
 */
export function validityOf(claims: JsonObject, now: number, allowed: Allowed = exact): Validity | null {
  const end = secondsOf(claims.exp)
  if (end === null) return null
  const start = secondsOf(claims.nbf) ?? secondsOf(claims.iat)
  const [first, last] = [(start ?? now) - allowed.clockSkewSeconds, end + allowed.expirySkewSeconds]
  const from = Math.min(start === null ? now : first, now, end)
  const to = Math.max(last, now, from + 1)
  const place = (moment: number) => (moment - from) / (to - from)
  return {
    ...{ start, end, now, startAt: place(start ?? from), endAt: place(end), nowAt: place(now) },
    ...{ allowedFromAt: start === null ? 0 : place(first), allowedToAt: place(last) },
  }
}

type Allowed = Pick<Lifetime, 'clockSkewSeconds' | 'expirySkewSeconds'>
const exact: Allowed = { clockSkewSeconds: 0, expirySkewSeconds: 0 }

/** Whether a token is valid at a moment, in words, by the times that are allowed. */
export function validityWords({ start, end, now }: Validity, allowed: Allowed = exact): string {
  if (end <= now) {
    return now < end + allowed.expirySkewSeconds
      ? `expired, within the ${allowed.expirySkewSeconds} s that are allowed`
      : 'expired'
  }
  if (start === null || start <= now) return 'valid now'
  return start <= now + allowed.clockSkewSeconds
    ? `not valid yet, within the ${allowed.clockSkewSeconds} s that clocks may differ`
    : 'not valid yet'
}

const secondsOf = (value: JsonValue | undefined): number | null => {
  const reading = value === undefined ? null : readTime(value)
  return reading?.ok ? reading.seconds : null
}
