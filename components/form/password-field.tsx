'use client'

import { type ComponentProps, useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { visibleText } from '@/lib/trust/unseen'
import { TextField } from './text-field'
import type { FieldProps } from './use-field'

/** Password in a form; it can be shown, instead of being typed twice. */
export function PasswordField<Values extends FieldValues, Context, Output>({
  autoComplete,
  ...field
}: FieldProps<Values, Context, Output> &
  Pick<ComponentProps<'input'>, 'autoFocus'> & { autoComplete: 'current-password' | 'new-password' }) {
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...field}
      type={shown ? 'text' : 'password'}
      autoComplete={autoComplete}
      aside={
        <button
          type="button"
          aria-pressed={shown}
          aria-label={`Show ${visibleText(field.label.toLowerCase())}`}
          onClick={() => setShown(!shown)}
          className="rounded-sm text-accent-text hover:underline"
        >
          {shown ? 'Hide' : 'Show'}
        </button>
      }
    />
  )
}
