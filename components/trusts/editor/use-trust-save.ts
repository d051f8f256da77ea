'use client'

import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { applyServerErrors } from '@/components/form/server-errors'
import { isDemand } from '@/components/posture/demand'
import { toast } from '@/components/ui/toaster'
import { ApiError } from '@/lib/client/api-error'
import { type StoredTrust, type TrustPlace, useFreshTrust, useSaveTrust } from '@/lib/client/trusts'
import type { ChangeReasons } from '@/lib/model/change-demands'
import { isTestPem } from '@/lib/trust/keys/test-key'
import { withKind } from '@/lib/trust/kinds'
import { diffTrusts } from '../form/diff-trust'
import type { FormTrust } from '../form/field'
import type { KindForm } from '../form/kind-form'
import { toTrustInput } from '../form/to-trust-input'
import { valuesOf } from '../form/trust-form'
import type { TrustFormValues } from '../form/values'
import type { KindView } from './kind-view'
import type { SaveStep } from './save-dialog'
import { contextOf, judgedTrust, type Sample } from './use-judgement'

/** Review, save and conflict resolution: from a valid form to a stored trust. */
export function useTrustSave(
  place: TrustPlace,
  { form: kindForm, attempt }: KindView,
  form: UseFormReturn<TrustFormValues>,
  stored: StoredTrust | null,
  sample: Sample | null,
  onSaved: (trust: StoredTrust) => void,
  /** Makes the place of a new trust, before it is saved. */
  prepare: () => Promise<TrustPlace> = async () => place,
) {
  const save = useSaveTrust()
  const fresh = useFreshTrust(place)
  const [step, setStep] = useState<SaveStep | null>(null)
  /** What was said of the change last. */
  const [said, setSaid] = useState<ChangeReasons>({})
  /** The stored trust that a conflicting save is compared with. */
  const [theirs, setTheirs] = useState<{ trust: StoredTrust | null } | null>(null)

  function review(values: TrustFormValues) {
    setTheirs(null)
    setSaid({})
    setStep(reviewed(values, stored, null))
  }

  /** The change of a stored trust to what a form says. */
  function reviewed(values: TrustFormValues, base: StoredTrust | null, refused: ApiError | null): SaveStep {
    const after = spelled(kindForm, values)
    return {
      kind: 'review',
      isNew: base === null,
      changes: diffTrusts(kindForm, base, after),
      ...{ stored: base, before: base && judgedTrust(base) },
      after: judgedTrust({ ...after, name: after.name || (base?.name ?? 'trust') }),
      context: contextOf(sample),
      holdsTestKey: after.keys.some((source) => source.kind === 'static-pem' && isTestPem(source.pem)),
      refused,
    }
  }

  async function apply(reasons: ChangeReasons = said) {
    const values = form.getValues()
    const { input, fieldOf } = toTrustInput(kindForm, values)
    const base = theirs ? theirs.trust : stored
    setSaid(reasons)
    try {
      const name = base && !input.name ? { name: base.name } : {}
      const parsed = kindForm.sent.parse({ ...input, ...name })
      const trust = await save.mutateAsync({
        place: await prepare(),
        input: { ...parsed, ...reasons },
        version: base?.version ?? null,
      })
      adopt(trust)
      toast.success(`Saved. The next ${attempt} is judged by it.`)
      onSaved(trust)
    } catch (error) {
      if (isConflict(error)) return await showConflict()
      if (isDemand(error)) return setStep(reviewed(values, base, error))
      setStep(null)
      applyServerErrors(form, error, (path) => [...fieldOf(path)])
    }
  }

  async function showConflict() {
    try {
      const trust = await fresh.read()
      const mine = spelled(kindForm, form.getValues())
      setTheirs({ trust })
      setStep({
        kind: 'conflict',
        isGone: trust === null,
        theirs: trust ? diffTrusts(kindForm, stored, trust) : [],
        mine: diffTrusts(kindForm, trust, mine),
      })
    } catch (error) {
      setStep(null)
      applyServerErrors(form, error)
    }
  }

  function adopt(trust: StoredTrust | null) {
    fresh.adopt(trust)
    form.reset(valuesOf(kindForm, trust))
    setStep(null)
    setTheirs(null)
  }

  return {
    step,
    isBusy: save.isPending,
    review,
    apply,
    reload: () => adopt(theirs ? theirs.trust : stored),
    close: () => setStep(null),
  }
}

/** Returns the trust that a form would save. */
function spelled(form: KindForm, values: TrustFormValues): FormTrust {
  const sent = form.sent.parse(toTrustInput(form, values).input)
  return { ...sent, name: sent.name ?? '', ...withKind(form.kind, form.optionsOf(sent)) }
}

/**
 * Whether the trust was changed (412), attached (409) or removed (404) since it was read; a taken name is no conflict.
 */
const isConflict = (error: unknown) =>
  error instanceof ApiError && [404, 409, 412].includes(error.status) && error.fields.length === 0
