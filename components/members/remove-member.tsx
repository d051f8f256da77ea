'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toaster'
import { type Holdings, type Member, useHoldings, useRemoveMember } from '@/lib/client/members'
import { useSession } from '@/lib/client/session'

/** Removes a person after a question that says what they control and what ends. */
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
        <Controls member={member} />
      </ConfirmDialog>
    </>
  )
}

/** What they can get at without being a member, and what becomes of it. */
function Controls({ member }: { member: Member }) {
  const { data, error } = useHoldings(member.id)
  if (error) return <p className="mt-2">What they control could not be loaded: {error.message}</p>
  if (!data) return <p className="mt-2">Looking up what they control …</p>
  return (
    <div className="mt-2 grid gap-1">
      <p>{tokenWords(data)}</p>
      {data.trusts.length > 0 && (
        <p>
          They changed {data.trusts.length === 1 ? 'one trust' : `${data.trusts.length} trusts`} last, which{' '}
          {data.trusts.length === 1 ? 'stays' : 'stay'} on and should be checked:{' '}
          {data.trusts
            .slice(0, 5)
            .map(({ name, method }) => `${name} (${method})`)
            .join(', ')}
          {data.trusts.length > 5 && ' and more'}.
        </p>
      )}
    </div>
  )
}

function tokenWords({ tokensIssued, tokensHeld, identities }: Holdings): string {
  if (tokensIssued + tokensHeld === 0) return 'No access token is theirs.'
  const names = identities.slice(0, 5).map(({ name }) => name)
  const more = identities.length > 5 ? ' and more' : ''
  const of = names.length > 0 ? ` of ${names.join(', ')}${more}` : ''
  return `Revoked at once: access tokens they had issued (${tokensIssued}), and those${of} (${tokensHeld}). Machines log in again.`
}
