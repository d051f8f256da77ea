'use client'

import { useId } from 'react'
import type { FieldValues } from 'react-hook-form'
import { RadioGroup, type RadioOption } from '@/components/ui/radio-group'
import { shownText } from '@/components/ui/shown'
import { FieldError } from './form-field'
import { type FieldProps, toText, useField } from './use-field'

/** Radio buttons in a form. */
export function RadioField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  options,
}: FieldProps<Values, Context, Output> & { options: readonly RadioOption[] }) {
  const { value, error, onChange, onBlur, ref } = useField({ control, name })
  const id = useId()
  return (
    <div className="grid gap-1.5">
      <p id={id} className="font-medium leading-5">
        {shownText(label)}
      </p>
      {help && (
        <p id={`${id}-help`} className="text-compact text-muted-foreground">
          {shownText(help)}
        </p>
      )}
      <RadioGroup
        ref={ref}
        aria-labelledby={id}
        aria-describedby={help ? `${id}-help` : undefined}
        aria-invalid={error ? true : undefined}
        options={options}
        disabled={disabled}
        value={toText(value)}
        onValueChange={onChange}
        onBlur={onBlur}
      />
      {error && <FieldError>{shownText(error)}</FieldError>}
    </div>
  )
}
