'use client'

import { useId } from 'react'
import { type Control, useController } from 'react-hook-form'
import { DurationField } from '@/components/form/duration-field'
import { errorSentence } from '@/components/form/error-sentence'
import { FieldError } from '@/components/form/form-field'
import { SwitchField } from '@/components/form/switch-field'
import { Checkbox } from '@/components/ui/checkbox'
import { shownText } from '@/components/ui/shown'
import { algorithms } from '@/lib/trust/algorithms'
import { FieldSpot } from '../form/field-spot'
import type { TrustFormValues } from '../form/values'

/** Fields that are rarely changed. */
export function AdvancedFields({
  control,
  enabledLabel,
  attempt,
}: {
  control: Control<TrustFormValues>
  /** Label of the switch for the whole trust. */
  enabledLabel: string
  /** Noun for one attempt. */
  attempt: string
}) {
  return (
    <details className="rounded-lg border bg-surface">
      <summary className="px-4 py-2.5 font-semibold leading-7">
        Advanced <span className="font-normal text-muted-foreground">algorithms, clock, age</span>
      </summary>
      <div className="grid gap-4 border-t p-4">
        <FieldSpot name="algorithms">
          <AlgorithmsField control={control} />
        </FieldSpot>
        <div className="grid gap-4 sm:grid-cols-3">
          <FieldSpot name="lifetime.clockSkewSeconds">
            <DurationField
              control={control}
              name="lifetime.clockSkewSeconds"
              label="Clock skew"
              help="How far the issuer’s clock may be ahead (for nbf and iat); at most 5m."
              placeholder="30s"
              zeroMeans="none"
            />
          </FieldSpot>
          <FieldSpot name="lifetime.expirySkewSeconds">
            <DurationField
              control={control}
              name="lifetime.expirySkewSeconds"
              label="Expiry skew"
              help="How long an expired token is still accepted; at most 5m."
              placeholder="0s"
              zeroMeans="none"
            />
          </FieldSpot>
          <FieldSpot name="lifetime.tokenAgeSecondsMax">
            <DurationField
              control={control}
              name="lifetime.tokenAgeSecondsMax"
              label="Maximum token age"
              help="Time since it was issued (iat)."
              placeholder="10m"
              zeroMeans="any age"
            />
          </FieldSpot>
        </div>
        <FieldSpot name="lifetime.requireExpiry">
          <SwitchField
            control={control}
            name="lifetime.requireExpiry"
            label="Refuse tokens without an expiry"
            help="A leaked token without exp works forever."
          />
        </FieldSpot>
        <FieldSpot name="enabled">
          <SwitchField
            control={control}
            name="enabled"
            label={enabledLabel}
            help={`Off: the settings are kept, and every ${attempt} through this trust is refused.`}
          />
        </FieldSpot>
      </div>
    </details>
  )
}

function AlgorithmsField({ control }: { control: Control<TrustFormValues> }) {
  const { field, fieldState } = useController({ control, name: 'algorithms' })
  const id = useId()
  const error = errorSentence(fieldState.error)
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-medium leading-5">Algorithms</legend>
      <div className="grid grid-cols-3 gap-x-4 gap-y-1.5 sm:grid-cols-4">
        {algorithms.map((name) => (
          <div key={name} className="flex items-center gap-2">
            <Checkbox
              id={`${id}-${name}`}
              checked={field.value.includes(name)}
              onCheckedChange={(checked) =>
                // In the list's order, whatever the order of clicks.
                field.onChange(
                  algorithms.filter((each) => (each === name ? checked === true : field.value.includes(each))),
                )
              }
            />
            <label htmlFor={`${id}-${name}`} className="font-mono text-compact">
              {shownText(name)}
            </label>
          </div>
        ))}
      </div>
      <p className="text-compact text-muted-foreground">
        The algorithms that may sign tokens. Shared secrets (HS256) and “none” are never accepted.
      </p>
      {error && <FieldError>{error}</FieldError>}
    </fieldset>
  )
}
