'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toaster'
import { type Member, useRemoveMember } from '@/lib/client/members'
import { useSession } from '@/lib/client/session'

/** Removes a person after a question that says what ends. */
export function RemoveMember({ member }: { member: Member }) {
  const [asking, setAsking] = useState(false)
  const remove = useRemoveMember()
  const isSelf = useSession().data?.user.id === member.id
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)} aria-label={`Remove ${member.name}`}>
        Remove
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove ${member.name}?`}
        confirmLabel="Remove person"
        typeName={member.email}
        onConfirm={async () => {
          await remove.mutateAsync(member.id)
          toast.success(`${member.name} removed`)
        }}
      >
        {isSelf
          ? 'This is you: you are signed out at once and cannot come back by yourself.'
          : `${member.name} is signed out at once and cannot sign in again.`}{' '}
        What they did stays in the audit.
      </ConfirmDialog>
    </>
  )
}
