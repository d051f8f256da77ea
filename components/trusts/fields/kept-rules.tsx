'use client'

import { X } from 'lucide-react'
import { type Control, useController } from 'react-hook-form'
import { errorSentence } from '@/components/form/error-sentence'
import { FieldError } from '@/components/form/form-field'
import { IconButton } from '@/components/ui/icon-button'
import { shownText } from '@/components/ui/shown'
import { describeMatcher } from '@/lib/trust/matchers'
import { FieldSpot } from '../form/field-spot'
import type { TrustFormValues } from '../form/values'

/** Rules without a field in the form: shown, kept as they are, and removable. */
export function KeptRules({ control }: { control: Control<TrustFormValues> }) {
  const { field, fieldState } = useController({ control, name: 'otherRules' })
  const error = errorSentence(fieldState.error)
  if (field.value.length === 0) return null
  return (
    <FieldSpot name="otherRules" className="grid gap-1.5">
      <p className="font-medium leading-5">Other rules</p>
      <ul className="divide-y rounded-md border">
        {field.value.map(({ rule: { path, matcher, whenAbsent } }, at) => (
          <li key={at} className="flex items-center justify-between gap-2 py-1 pr-1 pl-2.5 text-compact">
            <span className="min-w-0 break-words font-mono">
              <span className="font-medium">{shownText(path)}</span> {shownText(describeMatcher(matcher))}
              {whenAbsent === 'allow' && ', or missing'}
            </span>
            <IconButton
              label={`Remove ${path}`}
              size="sm"
              onClick={() => field.onChange(field.value.filter((_, index) => index !== at))}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <p className="text-compact text-muted-foreground">Kept as they are. This form has no fields for them.</p>
      {error && <FieldError>{error}</FieldError>}
    </FieldSpot>
  )
}
