'use client'

import { useId } from 'react'
import type { FieldValues } from 'react-hook-form'
import { z } from 'zod'
import { type FieldProps, useField } from '@/components/form/use-field'
import { Checkbox } from '@/components/ui/checkbox'
import { Label } from '@/components/ui/label'
import { shownText } from '@/components/ui/shown'

const Values = z.array(z.string())

/** Several of some choices in a form, as checkboxes. */
export function ChoicesField<Fields extends FieldValues, Context, Output>({
  control,
  name,
  label,
  options,
}: FieldProps<Fields, Context, Output> & { options: readonly { value: string; label: string }[] }) {
  const id = useId()
  const { value, error, onChange, errors: _, ref, ...field } = useField({ control, name })
  const chosen = Values.safeParse(value).data ?? []
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium">{shownText(label)}</legend>
      <div className="grid max-h-40 gap-2 overflow-y-auto p-0.5 sm:grid-cols-2">
        {options.map((option, at) => (
          <div key={option.value} className="flex min-w-0 items-center gap-2">
            <Checkbox
              id={`${id}-${option.value}`}
              ref={at === 0 ? ref : undefined}
              name={field.name}
              onBlur={field.onBlur}
              checked={chosen.includes(option.value)}
              aria-invalid={error ? true : undefined}
              onCheckedChange={(isOn) =>
                onChange([...chosen.filter((one) => one !== option.value), ...(isOn === true ? [option.value] : [])])
              }
            />
            <Label htmlFor={`${id}-${option.value}`} className="min-w-0 break-words font-normal">
              {shownText(option.label)}
            </Label>
          </div>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} role="alert" className="text-refused">
          {shownText(error)}
        </p>
      )}
    </fieldset>
  )
}
