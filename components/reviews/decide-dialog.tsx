'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextareaField } from '@/components/form/textarea-field'
import { Callout } from '@/components/ui/callout'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { shownText } from '@/components/ui/shown'
import { toast } from '@/components/ui/toaster'
import { type ReviewItem, useDecideItem } from '@/lib/client/reviews'
import type { ItemPatch } from '@/lib/model/access-review'
import { itemDecisions } from '@/lib/model/access-review-facts'
import { Reason } from '@/lib/model/reason'

export type Verdict = ItemPatch['decision']

/** Asks why something is kept, narrowed or removed, and decides. */
export function DecideDialog({
  item,
  reviewId,
  verdict,
  onClose,
}: {
  item: ReviewItem
  reviewId: string
  /** null: closed. */
  verdict: Verdict | null
  onClose: () => void
}) {
  return (
    <Dialog open={verdict !== null} onOpenChange={(open) => !open && onClose()}>
      {verdict && (
        <DialogContent
          title={`${titles[verdict](item)} ${item.name}?`}
          description={verdict === 'remove' && item.kind === 'token' ? revoking : descriptions[verdict]}
        >
          <Form item={item} reviewId={reviewId} verdict={verdict} onClose={onClose} />
        </DialogContent>
      )}
    </Dialog>
  )
}

const titles: Record<Verdict, (item: ReviewItem) => string> = {
  keep: () => 'Keep',
  narrow: () => 'Narrow',
  remove: ({ kind }) => (kind === 'token' ? 'Revoke' : 'Remove'),
}
const descriptions: Record<Verdict, string> = {
  keep: 'It stays as it is.',
  narrow: 'The item waits until a change narrows it or gives it a lower role.',
  remove: 'It is removed immediately, with everything that depends on it. This cannot be undone.',
}
const revoking = 'It stops working at once. This cannot be undone.'

const Optional = z.object({ reason: z.union([z.literal(''), Reason]) })
const Needed = z.object({ reason: Reason })
type Fields = { reason: string }

function Form({
  item,
  reviewId,
  verdict,
  onClose,
}: {
  item: ReviewItem
  reviewId: string
  verdict: Verdict
  onClose: () => void
}) {
  const decide = useDecideItem(reviewId, item)
  const isWide = item.isWide || item.now?.isWide === true
  const isJudged = item.now === null || item.now.judged === 'yes'
  const isOverriding = item.decision !== 'undecided'
  const isNeeded =
    isOverriding || (item.now !== null && (verdict === 'remove' || (verdict === 'keep' && (isWide || !isJudged))))
  const form = useForm<Fields>({
    resolver: zodResolver(isNeeded ? Needed : Optional),
    defaultValues: { reason: '' },
  })
  const submit = sendForm(form, async ({ reason }) => {
    await decide.mutateAsync({ decision: verdict, ...(reason === '' ? {} : { reason }) })
    toast.success(done[verdict])
    onClose()
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      {isOverriding && (
        <Callout tone="attention" title={`This overrides “${itemDecisions[item.decision]}”`}>
          {shownText(item.decidedByName ?? 'A former actor')} decided that
          {item.reason ? <>: {shownText(item.reason)}</> : '.'}
        </Callout>
      )}
      <TextareaField
        control={form.control}
        name="reason"
        label={isNeeded ? 'Reason' : 'Reason (optional)'}
        rows={3}
        help={helpOf({ verdict, isWide, isJudged, isOverriding })}
        placeholder="It is used by the nightly release; agreed with its owner."
        autoFocus
      />
      <DialogActions
        submitLabel={titles[verdict](item)}
        tone={verdict === 'remove' ? 'danger' : 'primary'}
        busy={form.formState.isSubmitting}
      />
    </ShortForm>
  )
}

function helpOf({
  verdict,
  isWide,
  isJudged,
  isOverriding,
}: {
  verdict: Verdict
  isWide: boolean
  isJudged: boolean
  isOverriding: boolean
}) {
  if (isOverriding) return `Why the earlier decision is overridden. ${kept}`
  if (verdict !== 'keep') return kept
  if (isWide) return `Why it is kept although it is wide. ${kept}`
  return isJudged ? kept : `Why it is kept although it could not be judged. ${kept}`
}
const kept = 'The audit keeps it.'

const done: Record<Verdict, string> = { keep: 'Kept', narrow: 'To be narrowed', remove: 'Removed' }
