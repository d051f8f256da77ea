'use client'

import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { applyServerErrors } from '@/components/form/server-errors'
import { toast } from '@/components/ui/toaster'
import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { ApiError } from '@/lib/client/api-error'
import { isTestPem } from '@/lib/client/test-key'
import { type StoredTrust, type TrustMethod, useFreshTrust, useSaveTrust } from '@/lib/client/trusts'
import { diffTrusts } from './diff-trust'
import type { SaveStep } from './save-dialog'
import { toTrustInput } from './to-trust-input'
import type { TrustFormValues } from './trust-form'
import { valuesOf } from './use-trust-form'

/** Review, save, and what to do when somebody was faster: the way from a valid form to a stored trust. */
export function useTrustSave(
  place: { identityId: string; method: TrustMethod },
  form: UseFormReturn<TrustFormValues>,
  stored: StoredTrust | null,
) {
  const save = useSaveTrust(place)
  const fresh = useFreshTrust(place)
  const [step, setStep] = useState<SaveStep | null>(null)
  /** What a save in a conflict stands on: theirs. */
  const [theirs, setTheirs] = useState<{ trust: StoredTrust | null } | null>(null)

  function review(values: TrustFormValues) {
    const after = TrustInput.parse(toTrustInput(values).input)
    setTheirs(null)
    setStep({
      kind: 'review',
      isNew: stored === null,
      changes: diffTrusts(stored, after),
      holdsTestKey: after.keys.some((source) => source.kind === 'static-pem' && isTestPem(source.pem)),
    })
  }

  async function apply() {
    const { input, fieldOf } = toTrustInput(form.getValues())
    const base = theirs ? theirs.trust : stored
    try {
      const parsed = TrustInput.parse({ ...input, ...(base ? { name: base.name } : {}) })
      const trust = await save.mutateAsync({ input: parsed, version: base?.version ?? null })
      adopt(trust)
      toast.success('Saved. The next login is judged by it.')
    } catch (error) {
      if (isConflict(error)) return await showConflict()
      setStep(null)
      applyServerErrors(form, error, (path) => [...fieldOf(path)])
    }
  }

  async function showConflict() {
    try {
      const trust = await fresh.read()
      const mine = TrustInput.parse(toTrustInput(form.getValues()).input)
      setTheirs({ trust })
      setStep({
        kind: 'conflict',
        isGone: trust === null,
        theirs: trust ? diffTrusts(stored, trust) : [],
        mine: diffTrusts(trust, mine),
      })
    } catch (error) {
      setStep(null)
      applyServerErrors(form, error)
    }
  }

  function adopt(trust: StoredTrust | null) {
    fresh.adopt(trust)
    form.reset(valuesOf(place.method, trust))
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

/** Changed (412), attached by somebody else (409), or removed (404) since it was read. */
const isConflict = (error: unknown) => error instanceof ApiError && [404, 409, 412].includes(error.status)
