import { findClaim } from '../claims'
import type { Grant } from '../grant'
import { type JsonObject, type JsonValue, stringifyJson } from '../json/json'
import { uint64Of } from '../json/uint64'

/** Maximum size of the claims in an access token, in bytes of JSON: the token must fit into a request header. */
export const carriedBytesMax = 8_000

/** How much it is. */
export const carriedBytes = (carried: JsonObject): number => new TextEncoder().encode(stringifyJson(carried)).byteLength

/** Returns the claims that an access token copies from the login token (`grant.carry`), and those that cannot be copied. */
export type CarriedClaims = { claims: JsonObject; wrong: string[] }

/** A missing claim is copied as empty: no texts, or the number 0. */
export function carriedClaims(claims: JsonObject, carry: NonNullable<Grant['carry']>): CarriedClaims {
  const carried: JsonObject = Object.create(null)
  const wrong: string[] = []
  for (const [name, form] of Object.entries(carry)) {
    const value = forms[form](findClaim(claims, name))
    if (value === null) wrong.push(name)
    else carried[name] = value
  }
  if (wrong.length === 0 && carriedBytes(carried) > carriedBytesMax) wrong.push(...Object.keys(carry))
  return { claims: carried, wrong }
}

const forms = { texts: textsOf, uint64: integerOf }

function textsOf(claim: JsonValue | undefined): string[] | null {
  if (claim === undefined) return []
  const elements = Array.isArray(claim) ? claim : [claim]
  const texts = elements.filter((element) => typeof element === 'string')
  return texts.length === elements.length ? texts : null
}

function integerOf(claim: JsonValue | undefined): bigint | null {
  return claim === undefined ? 0n : uint64Of(claim)
}
