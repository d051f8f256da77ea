import { checkIssuer, checkRules } from '../engine/checks/claim-checks'
import type { Check } from '../engine/verdict'
import type { JsonObject } from '../json/json'
import { newWork } from '../matchers/glob'
import type { TrustPolicy } from '../policy'
import { acceptsClaims } from './accepts'

/** The part of a trust that judges claims. */
export type ClaimPolicy = Pick<TrustPolicy, 'issuer' | 'rules'>

/** Checks of the engine that refuse claims; keys and times are left out. */
export function refusalsOf({ issuer, rules }: ClaimPolicy, claims: JsonObject): Check[] {
  const { aud, sub, others } = checkRules(claims, rules)
  return [checkIssuer(claims, issuer), ...aud, ...sub, ...others].filter(({ status }) => status === 'fail')
}

/** How many checks of `refusalsOf` there are. */
export function countRefusals({ issuer, rules }: ClaimPolicy, claims: JsonObject): number {
  const work = newWork()
  const refused = rules.filter((rule) => {
    // As in the engine: what one rule left of the work is what the next may cost.
    work.isSpent = false
    return acceptsClaims([rule], claims, work) !== true
  })
  return refused.length + (issuer === null || claims.iss === issuer ? 0 : 1)
}

/** Whether the engine refuses nothing, without the words that explain it. */
export const acceptsToken = ({ issuer, rules }: ClaimPolicy, claims: JsonObject): boolean =>
  (issuer === null || claims.iss === issuer) && acceptsClaims(rules, claims, newWork()) === true
