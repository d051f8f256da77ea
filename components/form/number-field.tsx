'use client'

import { useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Input } from '@/components/ui/input'
import { FormField } from './form-field'
import { type FieldProps, useField } from './use-field'

/** A whole number in a form. While what is typed is no number the form holds NaN, which every schema refuses. */
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
  /** What 0 stands for: "unlimited". */
  zeroMeans?: string
}) {
  const { value, error, errors: _, onChange, ...field } = useField({ control, name })
  const known = typeof value === 'number' && !Number.isNaN(value) ? value : null
  const [text, setText] = useState(known === null ? '' : String(known))
  // The form was given another value (reset, preset): what stands here no longer says it.
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
          className="tabular-nums"
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
