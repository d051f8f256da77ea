'use client'

import { type Control, useWatch } from 'react-hook-form'
import { ChipsField } from '@/components/form/chips-field'
import { RowsField } from '@/components/form/rows-field'
import { TextField } from '@/components/form/text-field'
import { isPattern } from '@/lib/trust/matchers/glob'
import { FieldSpot } from '../form/field-spot'
import type { TrustFormValues } from '../form/values'
import { IssuerField } from './issuer-field'
import { KeptRules } from './kept-rules'

/** Claim fields of an identity's trust. */
export function ClaimFields({ control }: { control: Control<TrustFormValues> }) {
  return (
    <div className="grid gap-4">
      <IssuerField control={control} />
      <FieldSpot name="audiences">
        <ChipsField
          control={control}
          name="audiences"
          label="Audiences"
          help="The claim aud must contain one of these. Press Enter to add one. Patterns are allowed; \, is a literal comma."
          placeholder="https://keybound.example.com"
        />
      </FieldSpot>
      <RuleFields control={control} />
    </div>
  )
}

/** Subject, further claims, and rules without a field. */
export function RuleFields({ control }: { control: Control<TrustFormValues> }) {
  const subject = useWatch({ control, name: 'subject' })
  return (
    <>
      <FieldSpot name="subject">
        <TextField
          control={control}
          name="subject"
          mono
          label="Subject"
          help="The claim sub. * matches anything, {a,b} matches either."
          placeholder="repo:acme/payments:ref:refs/heads/main"
          aside={subject.trim() === '' ? undefined : isPattern(subject.trim()) ? 'pattern' : 'exact'}
        />
      </FieldSpot>
      <FieldSpot name="claims">
        <RowsField
          control={control}
          name="claims"
          label="Bound claims"
          help="Values may be patterns; a comma separates alternatives, \, is a literal comma. A pasted JSON object becomes rows."
          keyLabel="Claim"
          valueLabel="Value"
          keyPlaceholder="environment"
          valuePlaceholder="production"
          addLabel="Add claim"
        />
      </FieldSpot>
      <KeptRules control={control} />
    </>
  )
}
