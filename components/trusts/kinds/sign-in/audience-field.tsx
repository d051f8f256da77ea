'use client'

import { type Control, useController } from 'react-hook-form'
import { ChipsField } from '@/components/form/chips-field'
import { errorSentence } from '@/components/form/error-sentence'
import { FormField } from '@/components/form/form-field'
import { Callout } from '@/components/ui/callout'
import { Input } from '@/components/ui/input'
import { FieldSpot } from '../../form/field-spot'
import type { TrustFormValues } from '../../form/values'

/**
 * Audience of a sign-in trust: one value, as in ZITADEL's API. Several stored ones are shown as they are, with an
 * explanation.
 */
export function AudienceField({ control }: { control: Control<TrustFormValues> }) {
  const { field, fieldState } = useController({ control, name: 'audiences' })
  const [audience = '', ...more] = field.value
  if (more.length > 0) {
    return (
      <FieldSpot name="audiences" className="grid gap-2">
        <ChipsField control={control} name="audiences" label="Audiences" help="The claim aud must hold one of these." />
        <Callout>ZITADEL’s API can represent one audience and does not show a provider with several.</Callout>
      </FieldSpot>
    )
  }
  return (
    <FieldSpot name="audiences" className="grid gap-2">
      <FormField
        label="Audience"
        help="The claim aud must be exactly this, or contain it."
        error={errorSentence(fieldState.error)}
      >
        {(wiring) => (
          <Input
            {...wiring}
            mono
            ref={field.ref}
            placeholder="keybound"
            value={audience}
            onChange={({ target }) => field.onChange(target.value === '' ? [] : [target.value])}
            onBlur={() => {
              // Not while typing: an audience may contain white space.
              if (audience !== audience.trim()) field.onChange(audience.trim() === '' ? [] : [audience.trim()])
              field.onBlur()
            }}
          />
        )}
      </FormField>
      {audience === '' && (
        <Callout tone="attention" title="No audience">
          A token that this issuer made for any other application also signs its holder in here.
        </Callout>
      )}
    </FieldSpot>
  )
}
