'use client'

import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { applyServerErrors } from '@/components/form/server-errors'
import { toast } from '@/components/ui/toaster'
import { ApiError } from '@/lib/client/api-error'
import { isTestPem } from '@/lib/client/test-key'
import { type StoredTrust, type TrustPlace, useFreshTrust, useSaveTrust } from '@/lib/client/trusts'
import { withKind } from '@/lib/trust/kinds'
import { diffTrusts } from '../form/diff-trust'
import type { FormTrust } from '../form/field'
import type { KindForm } from '../form/kind-form'
import { toTrustInput } from '../form/to-trust-input'
import { valuesOf } from '../form/trust-form'
import type { TrustFormValues } from '../form/values'
import type { KindView } from './kind-view'
import type { SaveStep } from './save-dialog'

/** Review, save and conflict resolution: from a valid form to a stored trust. */
export function useTrustSave(
  place: TrustPlace,
  { form: kindForm, attempt }: KindView,
  form: UseFormReturn<TrustFormValues>,
  stored: StoredTrust | null,
  onSaved: (trust: StoredTrust) => void,
) {
  const save = useSaveTrust(place)
  const fresh = useFreshTrust(place)
  const [step, setStep] = useState<SaveStep | null>(null)
  /** The stored trust that a conflicting save is compared with. */
  const [theirs, setTheirs] = useState<{ trust: StoredTrust | null } | null>(null)

  function review(values: TrustFormValues) {
    const after = spelled(kindForm, values)
    setTheirs(null)
    setStep({
      kind: 'review',
      isNew: stored === null,
      changes: diffTrusts(kindForm, stored, after),
      holdsTestKey: after.keys.some((source) => source.kind === 'static-pem' && isTestPem(source.pem)),
    })
  }

  async function apply() {
    const { input, fieldOf } = toTrustInput(kindForm, form.getValues())
    const base = theirs ? theirs.trust : stored
    try {
      const name = base && !input.name ? { name: base.name } : {}
      const parsed = kindForm.sent.parse({ ...input, ...name })
      const trust = await save.mutateAsync({ input: parsed, version: base?.version ?? null })
      adopt(trust)
      toast.success(`Saved. The next ${attempt} is judged by it.`)
      onSaved(trust)
    } catch (error) {
      if (isConflict(error)) return await showConflict()
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
