'use client'

import type { Control } from 'react-hook-form'
import { TextField } from '@/components/form/text-field'
import { FieldSpot } from '../form/field-spot'
import type { TrustFormValues } from '../form/values'

/** Field of the issuer. */
export function IssuerField({ control }: { control: Control<TrustFormValues> }) {
  return (
    <FieldSpot name="issuer">
      <TextField
        control={control}
        name="issuer"
        mono
        label="Issuer"
        help="The exact value of the claim iss, including a trailing slash."
        placeholder="https://issuer.example.com"
      />
    </FieldSpot>
  )
}
