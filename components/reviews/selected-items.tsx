'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import { counted } from '@/components/ui/counted'
import { Label } from '@/components/ui/label'
import { onDemand } from '@/components/ui/on-demand'
import type { ReviewItem } from '@/lib/client/reviews'
import type { ManyVerdict } from './decide-many'

const DecideMany = onDemand(() => import('./decide-many').then((module) => module.DecideMany))

/** Items that are decided on together. */
export const selectedMax = 100

/** What is done with the items that are selected; `selectable` are those of the list that can be. */
export function SelectedItems({
  reviewId,
  selectable,
  selected,
  onSelect,
}: {
  reviewId: string
  selectable: readonly ReviewItem[]
  selected: readonly ReviewItem[]
  onSelect: (numbers: readonly number[]) => void
}) {
  const [verdict, setVerdict] = useState<ManyVerdict | null>(null)
  const narrowable = selected.filter(({ kind, now }) => kind !== 'token' && now !== null)
  const all = selectable.slice(0, selectedMax)
  const isAll = all.length > 0 && selected.length >= all.length
  return (
    <div
      data-covers-top={selected.length > 0 ? '' : undefined}
      className={cn(
        'flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b bg-surface px-4 py-2 print:hidden',
        // What is done with them stays in reach of the last of a long list.
        selected.length > 0 && 'sticky top-12 z-20',
      )}
    >
      <Checkbox
        id="select-all-items"
        checked={isAll ? true : selected.length > 0 ? 'indeterminate' : false}
        onCheckedChange={(isOn) => onSelect(isOn === true ? all.map(({ number }) => number) : [])}
      />
      <Label htmlFor="select-all-items" className="font-normal">
        {selected.length === 0 ? `Select all shown (${all.length})` : `${counted(selected.length, 'item')} selected`}
      </Label>
      {selected.length > 0 && (
        <div className="flex gap-2">
          {narrowable.length > 0 && (
            <Button size="sm" onClick={() => setVerdict('narrow')}>
              Narrow {narrowable.length}
            </Button>
          )}
          <Button size="sm" onClick={() => setVerdict('remove')}>
            Remove {selected.length}
          </Button>
        </div>
      )}
      {verdict && (
        <DecideMany
          items={verdict === 'narrow' ? narrowable : selected}
          reviewId={reviewId}
          verdict={verdict}
          onClose={() => setVerdict(null)}
          onDone={() => {
            setVerdict(null)
            onSelect([])
          }}
        />
      )}
    </div>
  )
}
