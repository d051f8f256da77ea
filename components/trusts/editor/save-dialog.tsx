'use client'

import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { onDemand } from '@/components/ui/on-demand'
import type { ChangeReasons } from '@/lib/model/change-demands'
import type { TrustChange } from '../form/diff-trust'
import type { KindForm } from '../form/kind-form'
import type { ReviewedChange } from './review-step'

// Loaded with the first save.
const ReviewStep = onDemand(() => import('./review-step').then((module) => module.ReviewStep))
const ChangeList = onDemand(() => import('./change-list').then((module) => module.ChangeList))

/** Begins to load what a save shows, once there is something to save. */
export const preloadSave = () => ReviewStep.preload()

/** Step of saving: changes to apply, or a conflicting change. */
export type SaveStep =
  | ReviewedChange
  | { kind: 'conflict'; theirs: TrustChange[]; mine: TrustChange[]; isGone: boolean }

/** Shows what a save would apply; after a conflict, offers a choice. */
export function SaveDialog({
  step,
  kindForm,
  newTitle,
  attempt,
  isBusy,
  onClose,
  onSave,
  onReload,
}: {
  step: SaveStep | null
  kindForm: KindForm
  /** Title for a trust that is not stored yet: "Set up JWT Auth". */
  newTitle: string
  /** Noun for one attempt. */
  attempt: 'login' | 'sign-in'
  isBusy: boolean
  onClose: () => void
  /** Applies the changes, in a conflict over the stored ones; then with what was said before. */
  onSave: (said?: ChangeReasons) => void
  /** Drops the changes and loads the stored trust. */
  onReload: () => void
}) {
  return (
    <Dialog
      open={step !== null}
      onOpenChange={(open) => {
        if (!open && !isBusy) onClose()
      }}
    >
      {step?.kind === 'review' && (
        <ReviewStep step={step} {...{ kindForm, newTitle, attempt, isBusy, onSave, onClose }} />
      )}
      {step?.kind === 'conflict' && (
        <DialogContent
          title="This trust was changed in the meantime"
          description={
            step.isGone ? 'It was removed since you opened it.' : 'Nothing was saved. Choose which values to keep.'
          }
          className="max-w-2xl"
          footer={
            <>
              <Button disabled={isBusy} onClick={onReload}>
                Take theirs, drop mine
              </Button>
              <Button variant="danger" busy={isBusy} onClick={() => onSave()}>
                Overwrite with mine
              </Button>
            </>
          }
        >
          <div className="grid gap-3">
            {!step.isGone && (
              <>
                <h3 className="font-medium">What they changed</h3>
                <ChangeList changes={step.theirs} />
              </>
            )}
            <h3 className="font-medium">What overwriting would do</h3>
            <ChangeList changes={step.mine} />
          </div>
        </DialogContent>
      )}
    </Dialog>
  )
}
