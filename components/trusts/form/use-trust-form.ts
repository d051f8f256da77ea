'use client'

import { toNestErrors } from '@hookform/resolvers'
import { startTransition, useEffect, useMemo, useState } from 'react'
import { type FieldErrors, type Resolver, type UseFormReturn, useForm } from 'react-hook-form'
import type { StoredTrust } from '@/lib/client/trusts'
import { judgeKeys, judgeTrustForm } from './judge-trust-form'
import { noteLastValues, takeKeptValues } from './kept-values'
import type { KindForm } from './kind-form'
import { valuesOf } from './trust-form'
import type { TrustFormValues } from './values'

/** The editor's form and, after every change, its draft. */
export function useTrustForm(kindForm: KindForm, stored: StoredTrust | null) {
  const [initial] = useState(() => valuesOf(kindForm, stored))
  const [resolver] = useState(() => resolverOf(kindForm))
  const form = useForm<TrustFormValues>({ defaultValues: initial, resolver, mode: 'onTouched', shouldFocusError: true })
  const values = useTypedValues(form, initial)
  useKeptValues(form)
  // The form tells of much that is no change, so the JSON text is compared.
  const text = JSON.stringify(values)
  const judged = useMemo(() => judgeTrustForm(kindForm, values), [text])
  return { form, judged, values }
}

/** The form's values. What is typed is shown at once; the page follows as soon as the browser has time for it. */
function useTypedValues(form: UseFormReturn<TrustFormValues>, initial: TrustFormValues): TrustFormValues {
  const [values, setValues] = useState(initial)
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        // The form mutates its values.
        callback: () => startTransition(() => setValues(structuredClone(form.getValues()))),
      }),
    [form],
  )
  return values
}

/** Goes on with what this page held before a fault replaced it. */
function useKeptValues(form: UseFormReturn<TrustFormValues>) {
  useEffect(() => {
    const { pathname } = window.location
    const kept = takeKeptValues(pathname)
    if (kept) form.reset(kept, { keepDefaultValues: true })
    return () => noteLastValues(pathname, form.getValues())
  }, [form])
}

const resolverOf =
  (form: KindForm): Resolver<TrustFormValues> =>
  async (values, _, options) => {
    const issues = [...judgeTrustForm(form, values).issues, ...(await judgeKeysIfPossible(form, values))]
    if (issues.length === 0) return { values, errors: {} }
    const errors: FieldErrors = {}
    for (const { path, code, message } of issues) errors[path.join('.')] ??= { type: code, message }
    return { values: {}, errors: toNestErrors(errors, options) }
  }

/** Browsers provide no cryptography to a page on plain http; then only the server reads the keys, on saving. */
async function judgeKeysIfPossible(form: KindForm, values: TrustFormValues) {
  try {
    return await judgeKeys(form, values)
  } catch {
    return []
  }
}
