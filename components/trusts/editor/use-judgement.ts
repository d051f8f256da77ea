'use client'

import { useMemo } from 'react'
import { type Answer, useAnswer } from '@/lib/client/analysis/use-answer'
import { useTrustPosture } from '@/lib/client/posture'
import type { StoredTrust } from '@/lib/client/trusts'
import type { JsonObject } from '@/lib/trust/json/json'
import { definitionOf, kindPart, withKind } from '@/lib/trust/kinds'
import { TrustPolicy } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import type { FormTrust } from '../form/field'
import type { JudgedForm } from '../form/judge-trust-form'
import type { KindForm } from '../form/kind-form'
import type { TrustFormValues } from '../form/values'
import { withRecorded } from './recorded-findings'

/** A token at hand: fixes take values from it, and never refuse it. */
export type Sample = { token: string; claims: JsonObject }

/** The analysis of the valid parts of a draft, in a worker, after every change; with what is recorded of the stored trust. */
export function useJudgement(
  policy: JudgedPolicy,
  stored: StoredTrust | null,
  sample: Sample | null,
  access?: 'read' | 'write',
): Answer<'analyse'> {
  const key = JSON.stringify([policy, sample?.token ?? null, access])
  const judged = useAnswer('analyse', key, () => ({ policy, access, ...contextOf(sample) }))
  const { data: recorded } = useTrustPosture(stored?.id ?? null)
  const { answer } = judged
  const whole = useMemo(() => answer && withRecorded(answer, recorded), [answer, recorded])
  return { ...judged, answer: whole }
}

/** What is known beside the draft. */
export const contextOf = (sample: Sample | null) => ({
  ...(sample ? { sample: sample.claims } : {}),
  now: Math.floor(Date.now() / 1000),
  ownAudience: window.location.origin,
})

/** The parts of a trust that are judged. */
export const judgedTrust = ({ name, enabled, ...trust }: FormTrust): JudgedPolicy => ({
  ...TrustPolicy.parse(trust),
  ...{ name, enabled },
  ...kindPart(trust),
})

/** The draft as it is judged: its valid parts, with options that allow nothing while they are invalid. */
export function judgedDraft(
  form: KindForm,
  { name, enabled }: TrustFormValues,
  { input, policy }: Pick<JudgedForm, 'input' | 'policy'>,
  stored: StoredTrust | null,
): JudgedPolicy {
  const options = input
    ? withKind(form.kind, form.optionsOf(input))
    : stored
      ? kindPart(stored)
      : withKind(form.kind, definitionOf(form.kind).standInOptions)
  return { ...policy, name: name || stored?.name || 'trust', enabled, ...options }
}
