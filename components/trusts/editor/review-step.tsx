'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useId } from 'react'
import { useForm } from 'react-hook-form'
import {
  demandedOf,
  type JustificationForm,
  justificationSchema,
  rulesOf,
  toChangeReasons,
} from '@/components/posture/justification'
import { JustificationFields } from '@/components/posture/justification-fields'
import { Callout } from '@/components/ui/callout'
import { DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { shownText } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import type { AnalysisContext } from '@/lib/client/analysis/questions'
import { useAnswer } from '@/lib/client/analysis/use-answer'
import type { ApiError } from '@/lib/client/api-error'
import type { StoredTrust } from '@/lib/client/trusts'
import type { ChangeReasons } from '@/lib/model/change-demands'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import type { TrustChange } from '../form/diff-trust'
import type { KindForm } from '../form/kind-form'
import { reviewRows } from '../form/review-rows'
import { ChangeList } from './change-list'
import { ReviewBody } from './review-body'
import { useLastInForce } from './use-last-in-force'

/** Changes to apply, and the trusts that they lead from and to. */
export type ReviewedChange = {
  kind: 'review'
  changes: TrustChange[]
  isNew: boolean
  holdsTestKey: boolean
  before: JudgedPolicy | null
  after: JudgedPolicy
  /** The stored trust that is changed; null = it is not stored yet. */
  stored: StoredTrust | null
  context: AnalysisContext
  /** The server's answer to a save that said too little. */
  refused: ApiError | null
}

/** Shows what a save would change and what that does. */
export function ReviewStep({
  step: { changes, isNew, holdsTestKey, before, after, stored, context, refused },
  kindForm,
  newTitle,
  attempt,
  isBusy,
  onSave,
}: {
  step: ReviewedChange
  kindForm: KindForm
  newTitle: string
  attempt: 'login' | 'sign-in'
  isBusy: boolean
  onSave: (said: ChangeReasons) => void
}) {
  const inForce = useLastInForce(stored, after)
  const key = inForce === undefined ? null : JSON.stringify([before, after, inForce])
  const { answer: review, error } = useAnswer('review', key, () => ({ before, after, inForce, ...context }))
  const formId = useId()
  const demanded = demandedOf({ before, after }, review, refused)
  const form = useForm<JustificationForm>({
    resolver: zodResolver(justificationSchema(demanded)),
    defaultValues: { reason: '', isAccepted: false },
  })
  const submit = form.handleSubmit((typed) => onSave(toChangeReasons(demanded, typed)))
  return (
    <DialogContent
      title={isNew ? newTitle : 'Review changes'}
      description={
        changes.length === 0
          ? 'Nothing would change.'
          : `This applies at once: the next ${attempt} is judged by it.${isNew ? '' : ` ${unaffected[attempt]}`}`
      }
      className="max-w-2xl"
      footer={
        <DialogActions
          submitLabel="Save"
          cancelLabel="Keep editing"
          form={formId}
          busy={isBusy}
          disabled={changes.length === 0 || (!review && !error)}
        />
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="grid gap-3">
        {holdsTestKey && (
          <Callout tone="attention" title="This trust holds a TEST key">
            The person who made it can log in as this identity. Remove the key before production.
          </Callout>
        )}
        {changes.length > 0 && (
          <ChangeList changes={reviewRows(kindForm, changes, review?.comparison?.dimensions ?? [])} />
        )}
        {review ? (
          <ReviewBody
            review={review}
            isSwitchedOn={before?.enabled === false}
            shownElsewhere={rulesOf(demanded.blocking)}
          />
        ) : error ? (
          <NotReviewed message={error.message} />
        ) : (
          <Pending />
        )}
        <JustificationFields demanded={demanded} control={form.control} />
      </form>
    </DialogContent>
  )
}

const Pending = () => (
  <div aria-busy className="grid gap-2">
    <Skeleton className="h-4 w-2/3" />
    <Skeleton className="h-4 w-1/2" />
  </div>
)

const NotReviewed = ({ message }: { message: string }) => (
  <Callout tone="attention" title="The effect of the change could not be determined">
    {shownText(message)}
  </Callout>
)

/** Describes what a change does not affect. */
const unaffected = {
  login: 'Access tokens issued before keep working.',
  'sign-in': 'Who is signed in stays so.',
}
