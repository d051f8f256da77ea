'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog'
import type { TrustChange } from '../form/diff-trust'
import { ChangeList } from './change-list'

/** Step of saving: changes to apply, or a conflicting change. */
export type SaveStep =
  | { kind: 'review'; changes: TrustChange[]; isNew: boolean; holdsTestKey: boolean }
  | { kind: 'conflict'; theirs: TrustChange[]; mine: TrustChange[]; isGone: boolean }

/** Shows what a save would apply; after a conflict, offers a choice. */
export function SaveDialog({
  step,
  newTitle,
  attempt,
  isBusy,
  onClose,
  onSave,
  onReload,
}: {
  step: SaveStep | null
  /** Title for a trust that is not stored yet: "Set up JWT Auth". */
  newTitle: string
  /** Noun for one attempt. */
  attempt: 'login' | 'sign-in'
  isBusy: boolean
  onClose: () => void
  /** Applies the changes, in a conflict over the stored ones. */
  onSave: () => void
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
        <DialogContent
          title={step.isNew ? newTitle : 'Review changes'}
          description={
            step.changes.length === 0
              ? 'Nothing would change.'
              : `This applies at once: the next ${attempt} is judged by it.${step.isNew ? '' : ` ${unaffected[attempt]}`}`
          }
          className="max-w-2xl"
          footer={
            <>
              <DialogClose asChild>
                <Button disabled={isBusy}>Keep editing</Button>
              </DialogClose>
              <Button variant="primary" busy={isBusy} disabled={step.changes.length === 0} onClick={onSave}>
                Save
              </Button>
            </>
          }
        >
          <div className="grid gap-3">
            {step.holdsTestKey && (
              <Callout tone="attention" title="This trust holds a TEST key">
                Its maker can log in as this identity. Remove the key before production.
              </Callout>
            )}
            {step.changes.length > 0 && <ChangeList changes={step.changes} />}
          </div>
        </DialogContent>
      )}
      {step?.kind === 'conflict' && (
        <DialogContent
          title="This trust has changed meanwhile"
          description={
            step.isGone ? 'It was removed since you opened it.' : 'Nothing was saved. Choose which values to keep.'
          }
          className="max-w-2xl"
          footer={
            <>
              <Button disabled={isBusy} onClick={onReload}>
                Take theirs, drop mine
              </Button>
              <Button variant="danger" busy={isBusy} onClick={onSave}>
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

/** Describes what a change does not affect. */
const unaffected = {
  login: 'Access tokens issued before keep working.',
  'sign-in': 'Who is signed in stays so.',
}
