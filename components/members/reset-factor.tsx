'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toaster'
import { type Member, useResetSecondFactor } from '@/lib/client/members'

/** Resets a lost second factor; nothing for a person without one. */
export function ResetFactor({ member }: { member: Member }) {
  const [asking, setAsking] = useState(false)
  const reset = useResetSecondFactor()
  if (!member.factors.code && !member.factors.passkey) return null
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        Reset second factor
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Reset the second factor of ${member.name}?`}
        confirmLabel="Reset second factor"
        onConfirm={async () => {
          await reset.mutateAsync(member.id)
          toast.success(`${member.name} has no second factor now`)
        }}
      >
        Their authenticator app, recovery codes and passkeys stop working, and they are signed out. After that, their
        password alone signs them in, so make sure that the request really comes from them.
      </ConfirmDialog>
    </>
  )
}
