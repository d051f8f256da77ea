'use client'

import type { ReactNode } from 'react'
import { ErrorState, type Failure } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'

/** Shows placeholders until `usePublicPage` has decided that this page is the right one. */
export function PublicPageLoading({
  page,
  lines,
  children,
}: {
  page: { ready: boolean; error: Failure | null; retry: () => void }
  /** Number of fields of the form. */
  lines: number
  children: ReactNode
}) {
  if (page.error) return <ErrorState error={page.error} onRetry={page.retry} />
  if (page.ready) return children
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
