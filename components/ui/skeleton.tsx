import { cn } from './cn'

/** Placeholder of loading content, to avoid layout shifts. Give it the content's size: `className="h-4 w-40"`. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden data-loading className={cn('block animate-pulse rounded-sm bg-border', className)} />
}

const widths = ['w-3/4', 'w-1/2', 'w-2/3', 'w-2/5']

/** Placeholder of a card with a title and lines. */
export function CardSkeleton({ lines = 4, className }: { lines?: number; className?: string }) {
  return (
    <div aria-hidden className={cn('self-start rounded-lg border bg-surface', className)}>
      <div className="border-b px-4 py-3.5">
        <Skeleton className="h-4 w-32" />
      </div>
      <div className="grid gap-5 px-4 py-4">
        {Array.from({ length: lines }, (_, at) => (
          <Skeleton key={at} className={cn('h-3', widths[at % widths.length])} />
        ))}
      </div>
    </div>
  )
}

/** Placeholder of a page about one thing: what it is on the left, facts on the right. */
export function DetailSkeleton() {
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <CardSkeleton lines={6} />
      <CardSkeleton lines={8} />
    </div>
  )
}
