'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextareaField } from '@/components/form/textarea-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { counted } from '@/components/ui/counted'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { shownText } from '@/components/ui/shown'
import { toast } from '@/components/ui/toaster'
import {
  type DecidedItems,
  type ItemLosses,
  type ReviewItem,
  useDecideItems,
  useItemLosses,
} from '@/lib/client/reviews'
import { Reason } from '@/lib/model/reason'

export type ManyVerdict = 'narrow' | 'remove'

const Form = z.object({ reason: Reason })
type Form = z.output<typeof Form>

/** Asks why several items are narrowed or removed, says what goes with them, and decides. */
export function DecideMany({
  items,
  reviewId,
  verdict,
  onDone,
  onClose,
}: {
  items: readonly ReviewItem[]
  reviewId: string
  verdict: ManyVerdict
  /** Something was decided, or refused, and what came of it was read. */
  onDone: () => void
  onClose: () => void
}) {
  const [left, setLeft] = useState<DecidedItems | null>(null)
  const names = new Map(items.map(({ number, name }) => [number, name]))
  const nameOf = (number: number) => shownText(names.get(number) ?? `Item ${number}`)
  const title = `${verbs[verdict]} ${counted(items.length, 'item')}?`
  return (
    <Dialog open onOpenChange={(open) => !open && (left ? onDone() : onClose())}>
      <DialogContent title={left ? 'Some were left' : title} description={descriptions[verdict]}>
        {!left ? (
          <Fields items={items} reviewId={reviewId} verdict={verdict} onDone={onDone} onLeft={setLeft} />
        ) : (
          <div className="grid gap-4">
            {left.stopped && (
              <Callout tone="attention" title={`It ended after ${counted(left.decided, 'item')}`}>
                <p className="break-words">{shownText(left.stopped.message)}</p>
                {left.stopped.left.length > 0 && (
                  <p>Nothing was decided on {counted(left.stopped.left.length, 'item')}.</p>
                )}
                {left.stopped.unknown !== null && (
                  <p>Whether {nameOf(left.stopped.unknown)} was decided is not known: look at the list.</p>
                )}
              </Callout>
            )}
            {left.refused.length > 0 && (
              <Callout tone="attention" title={`This decision was refused for ${counted(left.refused.length, 'item')}`}>
                <ul className="grid max-h-60 gap-1 overflow-y-auto">
                  {left.refused.map(({ number, message }) => (
                    <li key={number} className="break-words">
                      <span className="font-medium">{nameOf(number)}</span>: {shownText(message)}
                    </li>
                  ))}
                </ul>
              </Callout>
            )}
            <div className="flex justify-end">
              <Button variant="primary" onClick={onDone}>
                Close
              </Button>
            </div>
          </div>
        )}
      </DialogContent>
    </Dialog>
  )
}

const verbs: Record<ManyVerdict, string> = { narrow: 'Narrow', remove: 'Remove' }
const descriptions: Record<ManyVerdict, string> = {
  narrow: 'Each item waits until a change narrows it or gives it a lower role.',
  remove: 'Each is removed immediately, with everything that depends on it. This cannot be undone.',
}

function Fields({
  items,
  reviewId,
  verdict,
  onDone,
  onLeft,
}: Omit<Parameters<typeof DecideMany>[0], 'onClose'> & { onLeft: (decided: DecidedItems) => void }) {
  const decide = useDecideItems(reviewId)
  const losses = useItemLosses(
    reviewId,
    items.map(({ number }) => number),
    verdict === 'remove',
  )
  const form = useForm<Form>({ resolver: zodResolver(Form), defaultValues: { reason: '' } })
  const submit = sendForm(form, async ({ reason }) => {
    const all = await decide.mutateAsync({ decision: verdict, reason, items })
    if (all.decided > 0) toast.success(`${done[verdict]}: ${all.decided.toLocaleString('en')}`)
    if (all.refused.length > 0 || all.stopped) onLeft(all)
    else onDone()
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      {verdict === 'remove' && (
        <Callout tone="attention" title="What is lost">
          {losses.data ? lossWords(losses.data) : losses.error ? 'It could not be counted.' : 'Counting …'}
        </Callout>
      )}
      <TextareaField
        control={form.control}
        name="reason"
        label="Reason"
        rows={3}
        help="The audit records this reason for each item."
        placeholder="The project ended in May; agreed with its owner."
      />
      <DialogActions
        submitLabel={`${verbs[verdict]} ${counted(items.length, 'item')}`}
        tone={verdict === 'remove' ? 'danger' : 'primary'}
        busy={form.formState.isSubmitting}
        disabled={verdict === 'remove' && losses.isPending}
      />
    </ShortForm>
  )
}

const done: Record<ManyVerdict, string> = { narrow: 'To be narrowed', remove: 'Removed' }

/** "2 identities; 3 trusts, with those of the identities. 5 live access tokens stop working at once." */
function lossWords({ identities, trusts, people, tokens }: ItemLosses): string {
  const parts = [
    ...(identities > 0 ? [counted(identities, 'identity', 'identities')] : []),
    ...(trusts > 0 ? [`${counted(trusts, 'trust')}${identities > 0 ? ', with those of the identities' : ''}`] : []),
    ...(people > 0 ? [`${counted(people, 'person', 'people')} with their sessions`] : []),
  ]
  const live =
    tokens === 0
      ? 'No live access token is affected.'
      : `${counted(tokens, 'live access token')} ${tokens === 1 ? 'stops' : 'stop'} working at once.`
  return parts.length === 0 ? live : `${parts.join('; ')}. ${live}`
}
