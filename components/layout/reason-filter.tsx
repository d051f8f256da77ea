'use client'

import { FilterSelect } from '@/components/ui/filter-bar'
import { reasonWords } from '@/lib/client/words'
import { reasons } from '@/lib/trust/engine/reasons'

/** Filter by the reason of a refusal: those of the engine and of logins without a trust, `more`, and the one in the URL. */
export function ReasonFilter({
  reason,
  more = [],
  onChange,
}: {
  reason: string | undefined
  more?: readonly string[]
  onChange: (reason: string | null) => void
}) {
  const all = new Set([...reasons, 'method_not_configured', ...more, ...(reason ? [reason] : [])])
  return (
    <FilterSelect
      label="Reason"
      any="All reasons"
      options={[...all].map((value) => ({ value, label: reasonWords(value) }))}
      value={reason ?? null}
      onChange={onChange}
    />
  )
}
