import { CardSkeleton, Skeleton } from '@/components/ui/skeleton'

/** The frame of the board, before its trusts are there: a card in each of its four columns. */
export const BoardLoading = () => (
  <div aria-busy className="grid gap-4">
    <Skeleton className="h-10 max-w-prose" />
    <div className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {Array.from({ length: 4 }, (_, at) => (
        <div key={at} className="grid gap-2">
          <Skeleton className="h-10 w-32" />
          <CardSkeleton />
        </div>
      ))}
    </div>
  </div>
)
