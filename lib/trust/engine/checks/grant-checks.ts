import { findClaim } from '../../claims'
import { grantedSeconds, grantedSecondsMax } from '../../grant'
import { ipInRange, parseIp } from '../../ip-range'
import { type JsonObject, typeWords } from '../../json/json'
import type { TrustPolicy } from '../../policy'
import { suggestAddress } from '../../suggest-address'
import { carriedBytes, carriedBytesMax, carriedClaims } from '../carried-claims'
import type { Check, GrantPreview } from '../verdict'
import { fail, fieldOf, pass, show, skip, warn } from './check'
import { durationText } from './time-checks'

/** `replay`: no trust asks for it yet. */
export const replayCheck = skip('replay', 'This trust lets a token be used more than once.')

/** `ip`: a preview. The addresses of a trust hold for the use of access tokens, not for the login. */
export function checkIp(ip: string | null | undefined, { trustedIps }: TrustPolicy['grant']): Check {
  const id = 'ip'
  if (!ip) return skip(id, 'No address was given.', { field: fieldOf(id) })
  const more = { received: ip, expected: trustedIps.join(', '), field: fieldOf(id) }
  if (trustedIps.some((range) => ipInRange(ip, range)))
    return pass(id, 'An access token may be used from this address.', more)
  if (!parseIp(ip)) return warn(id, 'This is no IP address.', more)
  return warn(id, 'An access token could not be used from this address.', more)
}

export function previewGrant(claims: JsonObject, { grant }: TrustPolicy, now: number): GrantPreview {
  const ttlSeconds = grantedSeconds(grant)
  const { usesMax, trustedIps } = grant
  const start = Math.floor(now)
  return {
    subject: typeof claims.sub === 'string' ? claims.sub : null,
    ttlSeconds,
    expiresAt: start + ttlSeconds,
    maxExpiresAt: start + grantedSecondsMax(grant),
    usesMax,
    trustedIps,
    metadata: metadataOf(claims, grant),
    ...(grant.carry ? { claims: carriedClaims(claims, grant.carry).claims } : {}),
  }
}

const metadataOf = (claims: JsonObject, { metadata }: TrustPolicy['grant']): JsonObject =>
  Object.fromEntries(Object.entries(metadata).map(([name, path]) => [name, findClaim(claims, path) ?? null]))

/** Why no access token can be issued although the login token is good; nothing of it when one can. */
export type GrantFaults = {
  missing: readonly MissingClaim[]
  wrong: readonly WrongClaim[]
  /** How many bytes the mapped claims have, where these are too many. */
  excessBytes: number | null
}

export const noGrantFaults: GrantFaults = { missing: [], wrong: [], excessBytes: null }

export function grantFaults(claims: JsonObject, { grant }: TrustPolicy): GrantFaults {
  const bytes = carriedBytes(metadataOf(claims, grant))
  return {
    missing: missingMetadata(claims, grant),
    wrong: wrongCarried(claims, grant),
    excessBytes: bytes > carriedBytesMax ? bytes : null,
  }
}

export const isGrantable = ({ missing, wrong, excessBytes }: GrantFaults): boolean =>
  missing.length === 0 && wrong.length === 0 && excessBytes === null

/** The claims the access token is to carry on, and the login token does not have. */
const missingMetadata = (claims: JsonObject, grant: TrustPolicy['grant']): MissingClaim[] =>
  Object.values(grant.metadata)
    .filter((path) => findClaim(claims, path) === undefined)
    .map((path) => ({ path, nearest: suggestAddress(claims, path) }))

/** `nearest`: the address under which the token may have it. */
type MissingClaim = { path: string; nearest: string | null }

/** The claims the access token is to say itself, and cannot: of another type, or too much. */
const wrongCarried = (claims: JsonObject, grant: TrustPolicy['grant']): WrongClaim[] =>
  (grant.carry ? carriedClaims(claims, grant.carry).wrong : []).map((name) => ({
    name,
    is: typeWords(findClaim(claims, name) ?? null),
  }))

/** `is`: its type, in words. */
type WrongClaim = { name: string; is: string }

/** `grant`: what would be issued. Fails when what the access token is to carry on is not there, of another type, or too much. */
export function checkGrant(preview: GrantPreview | null, { missing, wrong, excessBytes }: GrantFaults): Check {
  const id = 'grant'
  if (wrong.length > 0) {
    return fail(
      id,
      'claim_mismatch',
      'A claim that the access token is to carry on has another type, or is too long.',
      {
        received: wrong.map(({ name, is }) => `${show(name)} is ${is}`).join(', '),
        field: 'grant.carry',
        fix: 'Have the issuer write lists of texts as such and permissions as a whole number from 0 to 18446744073709551615.',
      },
    )
  }
  if (missing.length > 0) {
    const nearest = missing.flatMap(({ nearest }) => (nearest === null ? [] : [show(nearest)]))
    const near = nearest.length > 0 ? `The token has ${nearest.join(', ')}. ` : ''
    return fail(id, 'claim_missing', 'A claim that the access token is to carry on is missing from the token.', {
      expected: missing.map(({ path }) => show(path)).join(', '),
      field: 'grant.metadata',
      fix: `${near}Have the issuer put the claim into the token, or take it out of the mapping.`,
    })
  }
  if (excessBytes !== null) {
    return fail(
      id,
      'claim_mismatch',
      'The claims that the access token is to carry on are too long for a request header.',
      {
        received: `${excessBytes} bytes of JSON`,
        expected: `at most ${carriedBytesMax} bytes`,
        field: 'grant.metadata',
        fix: 'Take claims out of the mapping, or map shorter ones: an address inside a claim instead of the whole claim.',
      },
    )
  }
  if (!preview) return skip(id, 'Nothing would be issued.', { field: fieldOf(id) })
  const uses = preview.usesMax === 0 ? 'any number of uses' : `${preview.usesMax} uses`
  return pass(id, `An access token for ${durationText(preview.ttlSeconds)} and ${uses} would be issued.`, {
    field: fieldOf(id),
  })
}
