'use client'

import type { FieldValues } from 'react-hook-form'
import { Select, type SelectOption } from '@/components/ui/select'
import { FormField } from './form-field'
import { type FieldProps, toText, useField } from './use-field'

/** Select in a form. */
export function SelectField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  options,
  placeholder,
}: FieldProps<Values, Context, Output> & { options: readonly SelectOption[]; placeholder?: string }) {
  const { value, error, onChange, onBlur, ref } = useField({ control, name })
  return (
    <FormField label={label} help={help} error={error}>
      {(wiring) => (
        <Select
          {...wiring}
          ref={ref}
          options={options}
          placeholder={placeholder}
          disabled={disabled}
          value={toText(value) || undefined}
          onValueChange={onChange}
          onBlur={onBlur}
        />
      )}
    </FormField>
  )
}
