'use client'

import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toaster'

/** Asks before a provider is deactivated. */
export function DeactivateProvider({
  name,
  open,
  onOpenChange,
  onConfirm,
}: {
  name: string
  open: boolean
  onOpenChange: (open: boolean) => void
  onConfirm: () => Promise<unknown>
}) {
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Deactivate ${name}?`}
      confirmLabel="Deactivate"
      onConfirm={async () => {
        await onConfirm()
        toast.success(`${name} is inactive`, { description: 'Sign-ins through it are refused.' })
      }}
    >
      <p>This stops at once, until you activate it again:</p>
      <ul className="mt-1.5 list-disc space-y-0.5 pl-5">
        <li>its button on the sign-in page</li>
        <li>every sign-in through it, here and in applications that use it; one under way is refused</li>
      </ul>
      <p className="mt-1.5">People who are signed in stay signed in. Its settings and its people are kept.</p>
    </ConfirmDialog>
  )
}
