'use client'

import type { FieldValues } from 'react-hook-form'
import { Switch } from '@/components/ui/switch'
import { FormField } from './form-field'
import { type FieldProps, useField } from './use-field'

/** Switch in a form. `label` describes the state when it is on. */
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
