'use client'

import { useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Input } from '@/components/ui/input'
import { durationSecondsLimit, formatDuration, parseDuration } from './duration'
import { FormField } from './form-field'
import { type FieldProps, useField } from './use-field'

/** Duration in a form: typed as `15m`, `24h`, `30d` or seconds, held as seconds. NaN while it cannot be read. */
export function DurationField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  placeholder = '15m',
  zeroMeans,
}: FieldProps<Values, Context, Output> & {
  placeholder?: string
  /** Meaning of 0: "as long as the maximum allows". */
  zeroMeans?: string
}) {
  const { value, error, errors: _, onChange, onBlur, ...field } = useField({ control, name })
  const known = isDuration(value) ? value : null
  const [text, setText] = useState(known === null ? '' : formatDuration(known))
  const read = parseDuration(text)
  // Follows a value set from outside (reset, preset).
  if (known !== null && !('seconds' in read && read.seconds === known)) setText(formatDuration(known))

  return (
    <FormField
      label={label}
      help={help}
      error={text !== '' && 'problem' in read ? read.problem : error}
      aside={
        <output className="tabular-nums">
          {'seconds' in read &&
            (read.seconds === 0 && zeroMeans ? `0 = ${zeroMeans}` : `= ${read.seconds.toLocaleString('en')} s`)}
        </output>
      }
    >
      {(wiring) => (
        <Input
          {...wiring}
          {...field}
          mono
          placeholder={placeholder}
          disabled={disabled}
          value={text}
          onChange={(event) => {
            const typed = parseDuration(event.target.value)
            setText(event.target.value)
            onChange('seconds' in typed ? typed.seconds : Number.NaN)
          }}
          onBlur={() => {
            if ('seconds' in read) setText(formatDuration(read.seconds))
            onBlur()
          }}
        />
      )}
    </FormField>
  )
}

const isDuration = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= durationSecondsLimit
