import { CardSkeleton, Skeleton } from '@/components/ui/skeleton'

/** Placeholder of the editor while its trust is loaded. */
export function TrustLoading() {
  return (
    <div aria-busy className="grid gap-4">
      <Skeleton className="h-4 w-56" />
      <Skeleton className="h-8 w-40" />
      <div className="grid gap-4 lg:grid-cols-2">
        <CardSkeleton lines={8} />
        <CardSkeleton lines={3} />
      </div>
    </div>
  )
}
