import { CalendarClock, CircleCheck, CircleDot, Loader } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { Review } from '@/lib/client/reviews'

/** Where a review is, as icon and word. */
export function ReviewStateBadge({ review: { state, isOverdue } }: { review: Pick<Review, 'state' | 'isOverdue'> }) {
  if (state === 'closed') return <Badge icon={CircleCheck}>Closed</Badge>
  if (isOverdue) {
    return (
      <Badge tone="refused" icon={CalendarClock}>
        Overdue
      </Badge>
    )
  }
  if (state === 'collecting') {
    return (
      <Badge tone="attention" icon={Loader}>
        Taking items
      </Badge>
    )
  }
  return (
    <Badge tone="accent" icon={CircleDot}>
      Open
    </Badge>
  )
}
