import { cn } from '@/components/ui/cn'
import { Skeleton } from '@/components/ui/skeleton'

/** Placeholder of the dashboard while the session is read; avoids layout shifts. */
export function FrameSkeleton({ railCollapsed }: { railCollapsed: boolean }) {
  return (
    <div className="flex min-h-dvh">
      <div className={cn('h-dvh shrink-0 border-r bg-surface max-lg:hidden', railCollapsed ? 'w-14' : 'w-56')}>
        <div className="h-12 border-b" />
      </div>
      <div className="min-w-0 flex-1">
        <div className="h-12 border-b bg-surface" />
        <main className="grid gap-5 p-4 lg:p-6">
          <h1 className="sr-only">Loading…</h1>
          <Skeleton className="h-8 w-48" />
          <Skeleton className="h-64" />
        </main>
      </div>
    </div>
  )
}
