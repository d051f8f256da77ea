'use client'

import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Textarea } from '@/components/ui/textarea'
import { FormField } from './form-field'
import { type FieldProps, toText, useField } from './use-field'

/** Multi-line text in a form: a PEM, a token, a description. */
export function TextareaField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  aside,
  ...textarea
}: FieldProps<Values, Context, Output> & {
  placeholder?: string
  mono?: boolean
  rows?: number
  autoFocus?: boolean
  aside?: ReactNode
}) {
  const { value, error, errors: _, ...field } = useField({ control, name })
  return (
    <FormField label={label} help={help} error={error} aside={aside}>
      {(wiring) => <Textarea {...textarea} {...wiring} {...field} value={toText(value)} disabled={disabled} />}
    </FormField>
  )
}
