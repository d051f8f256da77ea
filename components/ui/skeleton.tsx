import { cn } from './cn'

/** Holds the place of what is loading, so that nothing jumps. Give it the size of the thing: `className="h-4 w-40"`. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded-sm bg-border', className)} />
}
