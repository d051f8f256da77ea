import { findClaim, stringsOf } from '../claims'
import type { JsonObject } from '../json/json'
import { holdsMask } from '../mask-claims'
import type { TrustPolicy } from '../policy'
import { rowOf } from './check-table'
import { skip } from './checks/check'
import type { Check, Verdict } from './verdict'
import { checkClaims } from './verify'

/**
 * What a trust says of claims alone: issuer, rules and times, no key and no signature. Nothing says who made them, so no check is trusted and the
 * verdict never accepts; `decisive` is null where no check fails. A claim of which only a masked value is known is not judged.
 * @param now epoch seconds
 */
export function judgeClaims(claims: JsonObject, trust: TrustPolicy, now: number): Verdict {
  const checks = checkClaims(claims, trust, now).map((check) => known(claims, { ...check, trusted: false }))
  const decisive = checks.find(({ status }) => status === 'fail') ?? null
  return { accepted: false, decisive, checks, header: null, claims, key: null, grant: null }
}

/** Whether claims pass; null where one that decides cannot be told. */
export function claimsPass({ checks, decisive }: Pick<Verdict, 'checks' | 'decisive'>): boolean | null {
  if (decisive) return false
  return checks.some(({ message }) => message === masked) ? null : true
}

const masked = 'Only a masked value of this claim was kept, so it cannot be judged.'

function known(claims: JsonObject, check: Check): Check {
  const { claim: path } = rowOf(check.id)
  const value = path === undefined ? undefined : findClaim(claims, path)
  const isMasked = value !== undefined && stringsOf(value).some(holdsMask)
  return isMasked ? { ...skip(check.id, masked), trusted: false } : check
}
