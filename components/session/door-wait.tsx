'use client'

import type { ReactNode } from 'react'
import { ErrorState, type Failure } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'

/** Holds a form's place until it is known that this is the right page for the reader. */
export function DoorWait({
  door,
  lines,
  children,
}: {
  door: { ready: boolean; error: Failure | null; retry: () => void }
  /** How many fields the form has. */
  lines: number
  children: ReactNode
}) {
  if (door.error) return <ErrorState error={door.error} onRetry={door.retry} />
  if (door.ready) return children
  return (
    <div role="status" className="grid gap-4">
      <span className="sr-only">Loading…</span>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="grid gap-1.5">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-8" />
        </div>
      ))}
      <Skeleton className="h-10" />
    </div>
  )
}
