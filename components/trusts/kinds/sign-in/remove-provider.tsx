'use client'

import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toaster'
import { useRemoveTrust } from '@/lib/client/trusts'
import type { ProviderRow } from './provider-row'

/** Removes a provider after its name was typed. */
export function RemoveProvider({
  provider: { id, name },
  open,
  onOpenChange,
}: {
  provider: ProviderRow
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const remove = useRemoveTrust({ kind: 'sign-in', trustId: id })
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove ${name}?`}
      confirmLabel="Remove provider"
      typeName={name}
      onConfirm={async () => {
        await remove.mutateAsync()
        toast.success(`${name} removed`)
      }}
    >
      <p>This stops at once and cannot be undone:</p>
      <ul className="mt-1.5 list-disc space-y-0.5 pl-5">
        <li>every sign-in through it, here and in applications that use it</li>
        <li>
          the way back in of people who came through it: they stay members, but a new provider, even of the same issuer,
          does not know them
        </li>
      </ul>
      <p className="mt-1.5">People who are signed in stay signed in. Its history stays in Activity and Audit.</p>
    </ConfirmDialog>
  )
}
