'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toaster'
import { useCan } from '@/lib/client/session'
import { useRevokeAllTokens } from '@/lib/client/tokens'

/** Revokes all live tokens of an identity after a question. */
export function RevokeAllTokens({ identityId }: { identityId: string }) {
  const [asking, setAsking] = useState(false)
  const revoke = useRevokeAllTokens(identityId)
  const canWrite = useCan('write')
  if (!canWrite) return null
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        Revoke all
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Revoke all live tokens of this identity?"
        confirmLabel="Revoke all"
        onConfirm={async () => {
          const { revoked } = await revoke.mutateAsync()
          toast.success(revoked === 1 ? 'One token revoked' : `${revoked.toLocaleString('en')} tokens revoked`)
        }}
      >
        Requests with any of them are refused from now on. It cannot be undone; the identity gets new tokens by logging
        in.
      </ConfirmDialog>
    </>
  )
}
