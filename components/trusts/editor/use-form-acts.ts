'use client'

import { useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { lazyPart } from '@/components/ui/lazy-part'
import { toast } from '@/components/ui/toaster'
import type { FixAnswer } from '@/lib/model/posture'
import type { ClaimValue } from '@/lib/trust/claims'
import type { JsonObject } from '@/lib/trust/json/json'
import { isTestPem, markTestPem } from '@/lib/trust/keys/test-key'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import type { Way } from '../form/bind-claim'
import { labelOf } from '../form/field'
import { fixForm } from '../form/fix-form'
import type { JudgedForm } from '../form/judge-trust-form'
import type { Binding, KindForm } from '../form/kind-form'
import { emptySourceRow, isEmptySourceRow } from '../form/source-rows'
import type { TrustFormValues } from '../form/values'

// It compares a claim with what is accepted, as the engine does: loaded when there is a token to be bound.
const binding = lazyPart(() => import('../form/bind-claim'))

/** Begins to load what binds claims. A failure is told when it is needed. */
export const preloadBinding = () => void binding.load().catch(() => {})

type Changed = Partial<TrustFormValues>

/** Changes of the form by buttons: bound claims, fixes, a test key. Each can be undone. */
export function useFormActs(kindForm: KindForm, form: UseFormReturn<TrustFormValues>) {
  const [fixed, setFixed] = useState<{ label: string; before: Changed; after: Changed } | null>(null)

  function change(changed: Changed) {
    for (const [name, value] of entriesOf(changed))
      form.setValue(name, value, { shouldDirty: true, shouldValidate: true })
  }

  /** Changes the form's rules, or reports why it cannot. Returns what undoes it, or null. */
  async function apply(
    bind: (module: typeof import('../form/bind-claim'), before: TrustFormValues) => Binding<TrustFormValues>,
    done: string,
  ) {
    const module = await binding.load().catch(() => null)
    if (!module) {
      toast.error('Nothing was changed: a part of this page could not be loaded. Check your connection and try again.')
      return null
    }
    const before = structuredClone(form.getValues())
    const bound = bind(module, before)
    if (!bound.ok) {
      toast.error(bound.problem)
      return null
    }
    change(bound.changed)
    const undo = () => change(membersOf(before, bound.changed))
    toast.success(`${labelOf(kindForm.fields, [bound.field])}: ${done}`, { action: { label: 'Undo', onClick: undo } })
    return undo
  }

  return {
    bind: (path: string, value: ClaimValue, said: JsonObject | null, how?: Way) =>
      apply(({ bindClaim }, before) => bindClaim(kindForm, before, path, value, said, how), `bound ${path}`),

    readdress: (from: string, to: string) =>
      apply(({ readdressClaim }, before) => readdressClaim(before, from, to), `${to} in place of ${from}`),

    fix(fix: FixAnswer, policy: JudgedPolicy, leftOut: JudgedForm['leftOut']) {
      const before = structuredClone(form.getValues())
      const made = fixForm(kindForm, before, { policy, leftOut }, fix.changes)
      if (!made.ok) return void toast.error(made.problem)
      change(made.changed)
      setFixed({ label: fix.label, before: membersOf(before, made.changed), after: made.changed })
    },

    /** The fix that was applied last, until one of its fields is changed again. */
    appliedFix(values: TrustFormValues) {
      if (!fixed || JSON.stringify(membersOf(values, fixed.after)) !== JSON.stringify(fixed.after)) return null
      const { label, before } = fixed
      return { label, undo: () => change(before) }
    },

    /** In the row of PEMs, or in a row of its own: keys that are set up are never replaced. An empty row is used up. */
    addTestKey(pem: string, endsAt: number) {
      const before = structuredClone(form.getValues())
      const { sources } = structuredClone(before)
      const row =
        sources.find(({ kind }) => kind === 'static-pem') ??
        (sources.length === 1 ? sources.find(isEmptySourceRow) : null) ??
        emptySourceRow('static-pem')
      const filled = row['static-pem'].filter(({ pem: old }) => old.trim() !== '' && !isTestPem(old))
      row.kind = 'static-pem'
      row['static-pem'] = [...filled, { pem: markTestPem(pem, endsAt) }]
      change({ sources: sources.includes(row) ? sources : [...sources, row] })
      const undo = () => change({ sources: before.sources })
      toast.success('Test key added to this draft. Nothing is saved.', {
        action: { label: 'Remove it', onClick: undo },
      })
    },
  }
}

/** The members of `values` that `names` has, in its order. */
const membersOf = (values: TrustFormValues, names: Changed): Changed =>
  Object.fromEntries(Object.keys(names).map((name) => [name, Reflect.get(values, name)]))

/** Top-level values of a form, typed by their names. */
const entriesOf = (values: Changed) =>
  Object.entries(values) as [keyof TrustFormValues, TrustFormValues[keyof TrustFormValues]][]
