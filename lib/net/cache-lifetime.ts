import type { IncomingHttpHeaders } from 'node:http'

const secondsMin = 60
/** No set is fresh for longer, whatever its source says. */
export const cacheSecondsMax = 3_600
const secondsDefault = 300

/**
 * For how many seconds a key set may be used before it is asked for again: what the answer says (RFC 9111 §4.2.1, as a
 * private cache reads it), but never under a minute, so that no issuer makes every login a fetch, and never over an
 * hour, so that a withdrawn key is forgotten. `nowMs` in epoch milliseconds.
 */
export function cacheSeconds(headers: IncomingHttpHeaders, nowMs: number): number {
  const said = freshSeconds(headers, nowMs)
  return said === null ? secondsDefault : Math.min(cacheSecondsMax, Math.max(secondsMin, Math.floor(said)))
}

function freshSeconds(headers: IncomingHttpHeaders, nowMs: number): number | null {
  const control = (headers['cache-control'] ?? '').toLowerCase()
  const directives = control.split(',').map((directive) => directive.trim())
  if (directives.some((directive) => /^no-(store|cache)(=|$)/.test(directive))) return 0
  const maxAge = directives.map((directive) => /^max-age="?(\d{1,10})"?$/.exec(directive)?.[1]).find(Boolean)
  const age = /^\d{1,10}$/.test(headers.age ?? '') ? Number(headers.age) : 0
  if (maxAge !== undefined) return Number(maxAge) - age
  if (headers.expires === undefined) return null
  const expires = Date.parse(headers.expires)
  // `Expires: 0` and other invalid dates mean "already expired" (RFC 9111 §5.3).
  if (Number.isNaN(expires)) return 0
  const sent = Date.parse(headers.date ?? '')
  return (expires - (Number.isNaN(sent) ? nowMs : sent)) / 1000 - age
}
