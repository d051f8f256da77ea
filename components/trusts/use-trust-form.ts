'use client'

import { toNestErrors } from '@hookform/resolvers'
import { useMemo, useState } from 'react'
import { type FieldErrors, type Resolver, useForm } from 'react-hook-form'
import type { StoredTrust } from '@/lib/client/trusts'
import type { Method } from '@/lib/trust/trust'
import { judgeKeys, judgeTrustForm } from './judge-trust-form'
import { type TrustFormValues, valuesOf } from './trust-form'

/** The editor's form and, at every change, what it spells. */
export function useTrustForm(method: Method, stored: StoredTrust | null) {
  const [initial] = useState(() => valuesOf(method, stored))
  const form = useForm<TrustFormValues>({ defaultValues: initial, resolver, mode: 'onTouched', shouldFocusError: true })
  const values = form.watch()
  // The form changes its values in place, so their text says whether they are the same.
  const text = JSON.stringify(values)
  const judged = useMemo(() => judgeTrustForm(values), [text])
  return { form, judged }
}

const resolver: Resolver<TrustFormValues> = async (values, _, options) => {
  const issues = [...judgeTrustForm(values).issues, ...(await judgeKeysIfPossible(values))]
  if (issues.length === 0) return { values, errors: {} }
  const errors: FieldErrors = {}
  for (const { path, code, message } of issues) errors[path.join('.')] ??= { type: code, message }
  return { values: {}, errors: toNestErrors(errors, options) }
}

/** Browsers give no cryptography to a page on plain http; then the server alone reads the keys, when they are saved. */
async function judgeKeysIfPossible(values: TrustFormValues) {
  try {
    return await judgeKeys(values)
  } catch {
    return []
  }
}
