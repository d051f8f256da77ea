'use client'

import { useState } from 'react'
import { ExportMenu } from '@/components/layout/export-menu'
import { PrintButton } from '@/components/layout/print-button'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { onDemand } from '@/components/ui/on-demand'
import { toast } from '@/components/ui/toaster'
import { reviewExports } from '@/lib/client/exports'
import { type ReviewDetail, useCloseReview, useKeepClean } from '@/lib/client/reviews'
import { useCan } from '@/lib/client/session'

const EditReview = onDemand(() => import('./edit-review').then((module) => module.EditReview))

/** What is done with a review as a whole. */
export function ReviewActs({ review }: { review: ReviewDetail }) {
  const { id, state, undecided, narrowing, mayDecide } = review
  const [open, setOpen] = useState<'edit' | 'keep' | 'close' | null>(null)
  const canClose = useCan('administer')
  const keep = useKeepClean(id)
  const close = useCloseReview(id)
  return (
    <>
      {canClose && state !== 'closed' && <Button onClick={() => setOpen('edit')}>Edit</Button>}
      <ExportMenu choices={reviewExports(id)} />
      <PrintButton />
      {mayDecide && state === 'open' && undecided > 0 && (
        <Button variant="primary" onClick={() => setOpen('keep')}>
          Keep what has no findings
        </Button>
      )}
      {canClose && state !== 'closed' && (
        <Button
          variant={state === 'open' && undecided === 0 ? 'primary' : 'secondary'}
          onClick={() => setOpen('close')}
        >
          Close review
        </Button>
      )}
      {open === 'edit' && <EditReview review={review} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        open={open === 'keep'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'keep' : null)}
        title="Keep what has no findings?"
        confirmLabel="Keep them"
        tone="primary"
        onConfirm={async () => {
          const { kept, unjudged } = await keep.mutateAsync()
          const left = unjudged === 0 ? '' : `; ${unjudged.toLocaleString('en')} left, as they are not judged yet`
          toast.success(`${kept === 0 ? 'Nothing was left to keep' : `${kept.toLocaleString('en')} kept`}${left}`)
        }}
      >
        Undecided items without findings are kept. Items that have changed since they were collected, that are not
        judged yet, or that you may not decide on stay undecided.
      </ConfirmDialog>
      <ConfirmDialog
        open={open === 'close'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'close' : null)}
        title={`Close ${review.name}?`}
        confirmLabel="Close review"
        tone="primary"
        onConfirm={async () => {
          await close.mutateAsync()
          toast.success('Review closed')
        }}
      >
        {state === 'collecting' &&
          'Its items are still being collected: it keeps those collected so far, and collects no more. '}
        {undecided + narrowing > 0
          ? `${undecided.toLocaleString('en')} items are undecided and ${narrowing.toLocaleString('en')} are still to be narrowed. They stay listed as such, and no further decisions can be made.`
          : 'Every item is decided. No further decisions can be made.'}
      </ConfirmDialog>
    </>
  )
}
