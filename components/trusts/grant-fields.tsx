'use client'

import { type Control, useWatch } from 'react-hook-form'
import { DurationField } from '@/components/form/duration-field'
import { IpRowsField } from '@/components/form/ip-rows-field'
import { NumberField } from '@/components/form/number-field'
import { RowsField } from '@/components/form/rows-field'
import { FieldSpot } from './field-spot'
import type { TrustFormValues } from './trust-form'

/** What an accepted token buys. */
export function GrantFields({ control }: { control: Control<TrustFormValues> }) {
  const method = useWatch({ control, name: 'method' })
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
      {method === 'oidc' && (
        <FieldSpot name="mapped">
          <RowsField
            control={control}
            name="mapped"
            label="Claims passed on"
            help="Said by the access token under these names. A token without one of the claims is refused."
            keyLabel="Name"
            valueLabel="Claim"
            keyPlaceholder="team"
            valuePlaceholder="groups.0"
            addLabel="Pass a claim on"
          />
        </FieldSpot>
      )}
      <FieldSpot name="grant.trustedIps">
        <IpRowsField
          control={control}
          name="grant.trustedIps"
          label="Trusted IPs"
          help="From where an access token may be used."
        />
      </FieldSpot>
    </div>
  )
}
