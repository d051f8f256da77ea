'use client'

import { useAnswer } from '@/lib/client/analysis/use-answer'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import { stringifyJson } from '@/lib/trust/json/json'
import type { TrustPolicy } from '@/lib/trust/policy'

/** Returns why a check of a verdict fails, by what is known of the platform of the token; nothing while that is found out. */
export function useLikelyCauses(
  { issuer, rules }: Pick<TrustPolicy, 'issuer' | 'rules'>,
  { claims, checks }: Pick<Verdict, 'claims' | 'checks'>,
): (check: Check) => readonly string[] {
  const isAsked = claims !== null && checks.some(({ status, field }) => status === 'fail' && isOfRules(field))
  const key = isAsked ? `${JSON.stringify([issuer, rules])} ${stringifyJson(claims)}` : null
  const { answer, isCurrent } = useAnswer('causes', key, () => ({
    policy: { issuer, rules },
    claims: claims ?? {},
  }))
  return ({ status, field }) =>
    (status === 'fail' && isCurrent && answer?.find((one) => one.field === field)?.causes) || []
}

const isOfRules = (field: string | undefined) => field === 'issuer' || field?.startsWith('rules.') === true
