'use client'

import { type Control, useWatch } from 'react-hook-form'
import { RadioField } from '@/components/form/radio-field'
import { keySources } from '@/lib/trust/key-sources'
import type { Method } from '@/lib/trust/trust'
import { FieldSpot } from './field-spot'
import { KeptKeys } from './kept-parts'
import { PemFields } from './pem-fields'
import { RemoteKeyFields } from './remote-key-fields'
import { type FormKeyKind, keyKindsOf, type TrustFormValues } from './trust-form'

/** Where a kind of key goes by another name once there may be many of it. */
const pluralTitles: Partial<Record<FormKeyKind, string>> = { 'static-pem': 'Static keys' }

/** Where the keys come from. Each kind keeps what was typed in it while another is chosen. */
export function KeyFields({ control, method }: { control: Control<TrustFormValues>; method: Method }) {
  const kind = useWatch({ control, name: 'keyKind' })
  const kinds = keyKindsOf[method]
  return (
    <FieldSpot name="sources" className="grid gap-3">
      {kinds.length > 1 && (
        <RadioField
          control={control}
          name="keyKind"
          label="Keys"
          options={kinds.map((value) => ({ value, label: pluralTitles[value] ?? keySources.of(value).title }))}
        />
      )}
      {/* Keyed, so that each kind's fields start from its own values. */}
      {kind === 'static-pem' ? (
        <PemFields control={control} />
      ) : (
        <RemoteKeyFields key={kind} control={control} kind={kind} />
      )}
      <KeptKeys control={control} />
    </FieldSpot>
  )
}
