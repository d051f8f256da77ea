'use client'

import type { FieldValues } from 'react-hook-form'
import { Switch } from '@/components/ui/switch'
import { FormField } from './form-field'
import { type FieldProps, useField } from './use-field'

/** On or off, in a form. `label` says what is so when it is on. */
export function SwitchField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
}: FieldProps<Values, Context, Output>) {
  const { value, error, onChange, onBlur, ref } = useField({ control, name })
  return (
    <FormField inline label={label} help={help} error={error}>
      {(wiring) => (
        <Switch
          {...wiring}
          ref={ref}
          disabled={disabled}
          checked={value === true}
          onCheckedChange={onChange}
          onBlur={onBlur}
        />
      )}
    </FormField>
  )
}
