'use client'

import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Input } from '@/components/ui/input'
import { FormField } from './form-field'
import { type FieldProps, toText, useField } from './use-field'

/** Line of text in a form. `placeholder` is an example of a good value, not an instruction. */
export function TextField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  aside,
  ...input
}: FieldProps<Values, Context, Output> & {
  placeholder?: string
  type?: 'text' | 'email' | 'password' | 'url' | 'date'
  mono?: boolean
  autoComplete?: string
  autoFocus?: boolean
  maxLength?: number
  aside?: ReactNode
}) {
  const { value, error, errors: _, ...field } = useField({ control, name })
  return (
    <FormField label={label} help={help} error={error} aside={aside}>
      {(wiring) => <Input {...input} {...wiring} {...field} value={toText(value)} disabled={disabled} />}
    </FormField>
  )
}
