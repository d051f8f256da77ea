'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { shownText } from '@/components/ui/shown'
import { toast } from '@/components/ui/toaster'
import { useCan } from '@/lib/client/session'
import { tokenState } from '@/lib/client/token-state'
import { type AccessToken, useRevokeToken } from '@/lib/client/tokens'
import { methodName } from '@/lib/client/words'

/** Revokes a live token after a question; nothing for other tokens. */
export function RevokeToken({ token }: { token: AccessToken }) {
  const [asking, setAsking] = useState(false)
  const revoke = useRevokeToken()
  const canWrite = useCan('write')
  const name = token.name ?? `${methodName(token.method)} token`

  if (!canWrite || tokenState(token, Date.now()) !== 'live') return null
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Revoke ${name}?`}
        confirmLabel="Revoke token"
        onConfirm={async () => {
          await revoke.mutateAsync(token.id)
          toast.success('Token revoked')
        }}
      >
        Requests with this token as {shownText(token.identityName) ?? shownText(token.name)} are refused from now on. It
        cannot be undone; a new login gets a new token.
      </ConfirmDialog>
    </>
  )
}
