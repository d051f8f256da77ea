import type { JsonObject } from '@/lib/trust/json/json'
import { issuerDistance } from './trust-ranking'
import type { Candidates } from './use-candidates'
import type { JudgedTrust } from './use-trust-verdicts'

export const noTokenWords = 'No trust can accept this: it is not a signed token that can be read.'

/** What the verdicts on a token come to. */
export type Found = {
  judged: number
  accepting: number
  /** Of the judged, those that name the token's issuer; null where it names none. */
  ofIssuer: number | null
  /** Of the judged, those that spell its issuer almost so. */
  nearIssuer: number
}

/** Counts the verdicts of trusts on a token with these claims. */
export function countVerdicts(judged: readonly JudgedTrust[], { iss }: JsonObject): Found {
  const distances = judged.map(({ verdict: { checks } }) => issuerDistance(checks))
  return {
    judged: judged.length,
    accepting: judged.filter(({ verdict, trust }) => verdict.accepted && trust.enabled).length,
    ofIssuer: typeof iss === 'string' ? distances.filter((distance) => distance === 0).length : null,
    nearIssuer: distances.filter((distance) => distance === 1).length,
  }
}

/** Says how many trusts accept a token; where none does, whether any is for its issuer. */
export function summaryOf({ judged, accepting, ofIssuer, nearIssuer }: Found, of: Candidates['of']): string {
  if (judged === 0) return 'There are no trusts yet.'
  if (!of) {
    if (accepting > 0)
      return `${accepting} of ${judged} ${judged === 1 ? 'trust' : 'trusts'} ${accepting === 1 ? 'accepts' : 'accept'} it.`
    const none = judged === 1 ? 'The one trust refuses it' : `None of ${judged} trusts accepts it`
    if (ofIssuer === null) return `${none}.`
    if (ofIssuer > 0) return `${none}; ${ofIssuer === 1 ? 'one is' : `${ofIssuer} are`} for its issuer.`
    return nearIssuer > 0
      ? `${none}; ${nearIssuer === 1 ? 'one is' : `${nearIssuer} are`} for almost the same issuer.`
      : `${none}: ${judged === 1 ? 'it is not' : 'none is'} for its issuer.`
  }
  // Of more than are judged, no rule refuses the claims; what these demand of keys and times is not known here.
  const isOpen = of.open > judged
  const found =
    accepting === 0
      ? `None of the ${judged} nearest of ${of.all} trusts accepts it.`
      : `${isOpen ? 'At least ' : ''}${accepting} of ${of.all} trusts ${accepting === 1 ? 'accepts' : 'accept'} it.`
  const open = isOpen ? ` The rules of ${of.open} let its claims pass.` : ''
  return `${found}${open}${of.elsewhere > 0 ? ` ${of.elsewhere} name another issuer.` : ''}`
}

/** "deployer: Expiry. The token expired 2 h ago." Null where it is not refused. */
export const refusalOf = (one: JudgedTrust | undefined): string | null =>
  one?.verdict.decisive
    ? `${one.trust.identityName ?? one.trust.name}: ${one.verdict.decisive.title}. ${one.verdict.decisive.message}`
    : null
