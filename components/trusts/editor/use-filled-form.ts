'use client'

import { useEffect, useRef } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { TrustFormValues } from '../form/values'
import type { GuideSlot } from './guide-slot'

/** Puts what follows from the answers into the form, once for each set of answers: what is typed into the fields since then stays. */
export function useFilledForm(form: UseFormReturn<TrustFormValues>, filled: GuideSlot['filled']): void {
  const newest = useRef(filled)
  useEffect(() => {
    newest.current = filled
  })
  const key = filled?.key ?? null
  useEffect(() => {
    if (key === null || !newest.current) return
    for (const [name, value] of entriesOf(newest.current.values)) form.setValue(name, value, { shouldDirty: true })
  }, [key, form])
}

/** Values of a form, typed by their names. */
const entriesOf = (values: Partial<TrustFormValues>) =>
  Object.entries(values) as [keyof TrustFormValues, TrustFormValues[keyof TrustFormValues]][]
