'use client'

import { useId } from 'react'
import type { FieldValues } from 'react-hook-form'
import { type FieldProps, useField } from '@/components/form/use-field'
import { Checkbox } from '@/components/ui/checkbox'
import { Label } from '@/components/ui/label'
import { shownText } from '@/components/ui/shown'
import { StreamKind, StreamKinds, streamKinds } from '@/lib/model/stream'

/** Which kinds of events a stream has. */
export function KindsField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
}: FieldProps<Values, Context, Output>) {
  const id = useId()
  const { value, error, onChange, errors: _, ref, ...field } = useField({ control, name })
  const chosen = StreamKinds.safeParse(value).data ?? []
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium">{label}</legend>
      {StreamKind.options.map((kind, at) => (
        <div key={kind} className="flex items-center gap-2">
          <Checkbox
            id={`${id}-${kind}`}
            ref={at === 0 ? ref : undefined}
            name={field.name}
            onBlur={field.onBlur}
            checked={chosen.includes(kind)}
            aria-invalid={error ? true : undefined}
            onCheckedChange={(isOn) =>
              onChange(StreamKind.options.filter((one) => (one === kind ? isOn === true : chosen.includes(one))))
            }
          />
          <Label htmlFor={`${id}-${kind}`} className="font-normal">
            {streamKinds[kind]}
          </Label>
        </div>
      ))}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-refused">
          {shownText(error)}
        </p>
      )}
    </fieldset>
  )
}
