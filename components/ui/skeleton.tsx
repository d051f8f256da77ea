import { cn } from './cn'

/** Placeholder of loading content, to avoid layout shifts. Give it the content's size: `className="h-4 w-40"`. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden data-loading className={cn('block animate-pulse rounded-sm bg-border', className)} />
}
