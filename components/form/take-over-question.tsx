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
        The person who changed a trust controls who can log in through it. From now on that is you, which is audited.
        Earlier access tokens and sessions end.
      </p>
    </ConfirmDialog>
  )
}
