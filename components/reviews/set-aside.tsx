'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { counted } from '@/components/ui/counted'
import { shownText } from '@/components/ui/shown'
import { toast } from '@/components/ui/toaster'
import { useSettleNarrowed } from '@/lib/client/reviews'

/** Why an item could not be compared; `mayCompare` offers to compare all such items of the review again. */
export function SetAside({ reviewId, reason, mayCompare }: { reviewId: string; reason: string; mayCompare: boolean }) {
  const { mutate, isPending } = useSettleNarrowed(reviewId)
  const compare = () =>
    mutate(
      { again: true },
      {
        onSuccess: (settled) =>
          toast.success(settled === 0 ? 'Compared: nothing could be settled' : `${counted(settled, 'item')} settled`),
        onError: (error) => toast.error('The comparison failed', { description: error.message }),
      },
    )
  return (
    <Callout
      tone="attention"
      title="It could not be determined whether it is narrower"
      actions={
        mayCompare && (
          <Button size="sm" busy={isPending} onClick={compare}>
            Compare again
          </Button>
        )
      }
    >
      {shownText(reason)}
    </Callout>
  )
}
