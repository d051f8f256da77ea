'use client'

import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { shownText } from '@/components/ui/shown'

/**
 * Asks before a role is raised above that of a trust's controller; `message` is the server's, which names the trusts.
 */
export function TakeOverQuestion({
  message,
  onCancel,
  onConfirm,
}: {
  /** Null while there is no question. */
  message: string | null
  onCancel: () => void
  onConfirm: () => Promise<unknown>
}) {
  return (
    <ConfirmDialog
      open={message !== null}
      onOpenChange={(open) => !open && onCancel()}
      title="Take these trusts over?"
      confirmLabel="Take over and raise"
      onConfirm={onConfirm}
    >
      <p>{shownText(message)}</p>
      <p className="mt-2">
        Who changed a trust decides who logs in through it. From now on you answer for what it accepts; this goes on
        record. Access tokens and sessions from before end.
      </p>
    </ConfirmDialog>
  )
}
