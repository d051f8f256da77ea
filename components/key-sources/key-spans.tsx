'use client'

import { useEffect, useState } from 'react'
import { Shown } from '@/components/ui/shown'
import type { KeySourceKey } from '@/lib/client/key-sources'
import { spanDays, spanOf } from './span-of'

/** Keys drawn; the table below lists all. */
const drawnMax = 12

/** Draws when each key was published; a rotation is one bar following another. */
export function KeySpans({ keys }: { keys: readonly KeySourceKey[] }) {
  const [nowMs, setNowMs] = useState<number | null>(null)
  useEffect(() => setNowMs(Date.now()), [])
  if (keys.length === 0 || nowMs === null) return null
  const drawn = keys.slice(0, drawnMax)
  return (
    // The table below has the same data as text.
    <div aria-hidden className="grid gap-1 border-b px-4 py-3">
      {drawn.map((key) => {
        const { left, width } = spanOf(key, nowMs)
        return (
          <div key={key.id} className="grid grid-cols-[8rem_1fr] items-center gap-3">
            <span className="truncate font-mono text-muted-foreground text-xs">
              <Shown text={key.kid ?? '–'} />
            </span>
            <span data-amount className="relative h-2 rounded-full bg-muted">
              <span
                className={`absolute inset-y-0 rounded-full ${key.removedAt === null ? 'bg-accent' : 'bg-muted-foreground/50'}`}
                style={{ left: `${left}%`, width: `${width}%` }}
              />
            </span>
          </div>
        )
      })}
      <div className="grid grid-cols-[8rem_1fr] gap-3 text-muted-foreground text-xs">
        <span />
        <span className="flex justify-between">
          <span>{spanDays} days ago</span>
          <span>now</span>
        </span>
      </div>
    </div>
  )
}
