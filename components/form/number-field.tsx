'use client'

import { useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Input } from '@/components/ui/input'
import { FormField } from './form-field'
import { type FieldProps, useField } from './use-field'

/** Whole number in a form. NaN while it cannot be read, which every schema refuses. */
export function NumberField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  placeholder,
  zeroMeans,
}: FieldProps<Values, Context, Output> & {
  placeholder?: string
  /** Meaning of 0: "unlimited". */
  zeroMeans?: string
}) {
  const { value, error, errors: _, onChange, ...field } = useField({ control, name })
  const known = typeof value === 'number' && !Number.isNaN(value) ? value : null
  const [text, setText] = useState(known === null ? '' : String(known))
  // Follows a value set from outside (reset, preset).
  if (known !== null && Number(text === '' ? Number.NaN : text) !== known) setText(String(known))

  const problem = text !== '' && !isWhole(text) ? 'Type a whole number, with digits only.' : null
  return (
    <FormField
      label={label}
      help={help}
      error={problem ?? error}
      aside={known === 0 && zeroMeans ? `0 = ${zeroMeans}` : undefined}
    >
      {(wiring) => (
        <Input
          {...wiring}
          {...field}
          inputMode="numeric"
          mono
          placeholder={placeholder}
          disabled={disabled}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            onChange(isWhole(event.target.value) ? Number(event.target.value) : Number.NaN)
          }}
        />
      )}
    </FormField>
  )
}

const isWhole = (text: string) => /^\d{1,15}$/.test(text.trim())
