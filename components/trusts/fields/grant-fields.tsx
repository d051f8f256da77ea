'use client'

import type { ReactNode } from 'react'
import type { Control } from 'react-hook-form'
import { DurationField } from '@/components/form/duration-field'
import { IpRowsField } from '@/components/form/ip-rows-field'
import { NumberField } from '@/components/form/number-field'
import { FieldSpot } from '../form/field-spot'
import type { TrustFormValues } from '../form/values'

/** Fields of the grant. */
export function GrantFields({
  control,
  children,
}: {
  control: Control<TrustFormValues>
  /** Further fields, of one kind of trust. */
  children?: ReactNode
}) {
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <FieldSpot name="grant.ttlSeconds">
          <DurationField
            control={control}
            name="grant.ttlSeconds"
            label="TTL"
            help="Life of an access token."
            zeroMeans="the maximum"
          />
        </FieldSpot>
        <FieldSpot name="grant.ttlSecondsMax">
          <DurationField
            control={control}
            name="grant.ttlSecondsMax"
            label="Max TTL"
            help="How far renewals reach."
            placeholder="24h"
            zeroMeans="ninety days"
          />
        </FieldSpot>
        <FieldSpot name="grant.usesMax">
          <NumberField
            control={control}
            name="grant.usesMax"
            label="Uses"
            help="Of one access token."
            placeholder="0"
            zeroMeans="unlimited"
          />
        </FieldSpot>
      </div>
      {children}
      <FieldSpot name="grant.trustedIps">
        <IpRowsField
          control={control}
          name="grant.trustedIps"
          label="Trusted IPs"
          help="Addresses from which an access token may be used."
        />
      </FieldSpot>
    </div>
  )
}
