'use client'

import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogClose, DialogContent } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toaster'
import { type Identity, useRemoveIdentity } from '@/lib/client/identities'
import { useTokens } from '@/lib/client/tokens'
import { methodName } from '@/lib/client/words'
import { liveTokenWords } from './live-token-words'

type Frame = { identity: Identity; open: boolean; onOpenChange: (open: boolean) => void }

/** Deletes an identity after its name was typed; explains how to unprotect a protected one. */
export function DeleteIdentity({ identity, open, onOpenChange }: Frame) {
  if (!identity.hasDeleteProtection) return <Confirm identity={identity} open={open} onOpenChange={onOpenChange} />
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`${identity.name} is protected`}
        description="Delete protection is on. Switch it off under Edit, then delete the identity."
        footer={
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
        }
      />
    </Dialog>
  )
}

function Confirm({ identity, open, onOpenChange }: Frame) {
  const router = useRouter()
  const remove = useRemoveIdentity(identity.id)
  const tokens = useTokens({ identityId: identity.id, limit: 100 })
  const methods = identity.methods.map(methodName)
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${identity.name}?`}
      confirmLabel="Delete identity"
      typeName={identity.name}
      onConfirm={async () => {
        await remove.mutateAsync()
        toast.success(`Identity ${identity.name} deleted`)
        router.push('/identities')
      }}
    >
      <p>This stops working at once and cannot be undone:</p>
      <ul className="mt-1.5 list-disc space-y-0.5 pl-5">
        <li>
          {methods.length > 0 ? `its logins by ${methods.join(' and ')}` : 'it has no way to log in, so no logins'}
        </li>
        <li>{tokens.data ? liveTokenWords(tokens.data, Date.now()) : 'every access token it was issued'}</li>
      </ul>
      <p className="mt-1.5">What it did stays in Activity and Audit.</p>
    </ConfirmDialog>
  )
}
