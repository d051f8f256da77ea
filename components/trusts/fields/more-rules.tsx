'use client'

import type { Control } from 'react-hook-form'
import type { TrustFormValues } from '../form/values'
import { RuleFields } from './claim-fields'

/** Rules beyond the kind's own fields, collapsed. */
export function MoreRules({ control, help }: { control: Control<TrustFormValues>; help: string }) {
  return (
    <details className="[&[open]>summary]:mb-3">
      <summary className="w-fit font-medium leading-7">
        More rules <span className="font-normal text-muted-foreground">subject and other claims</span>
      </summary>
      <div className="grid gap-4">
        <p className="text-compact text-muted-foreground">{help}</p>
        <RuleFields control={control} />
      </div>
    </details>
  )
}
