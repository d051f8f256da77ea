'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toaster'
import { useTokens } from '@/lib/client/tokens'
import { type TrustPlace, useRemoveTrust } from '@/lib/client/trusts'
import type { IdentityKind } from '@/lib/trust/kinds'

/** Removes a trust, after a question that names what stops. */
export function RemoveTrust({
  place,
  act,
  question,
  done,
  typeName,
  onRemoved,
  children,
}: {
  place: TrustPlace
  /** Text of the button: "Remove JWT Auth". */
  act: string
  question: string
  done: string
  /** Text that has to be typed. */
  typeName: string
  onRemoved: () => void
  /** Lists what stops working; rendered while the dialog is open. */
  children: ReactNode
}) {
  const [isOpen, setIsOpen] = useState(false)
  const remove = useRemoveTrust(place)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{act}</Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={question}
        confirmLabel={act}
        typeName={typeName}
        onConfirm={async () => {
          await remove.mutateAsync()
          toast.success(done)
          onRemoved()
        }}
      >
        {isOpen && children}
      </ConfirmDialog>
    </>
  )
}

/** What stops when an identity loses a method. */
export function LostTokens({ identityId, kind }: { identityId: string; kind: IdentityKind }) {
  const { data } = useTokens({ identityId, method: kind, limit: 100 })
  const [now] = useState(() => Date.now())
  const live = data?.tokens.filter(({ revokedAt, expiresAt }) => !revokedAt && Date.parse(expiresAt) > now).length
  const isAtLeast = data !== undefined && (data.next !== null || data.comparedRows !== null)
  return (
    <p>
      Logins through it are refused from then on.{' '}
      {live === undefined
        ? 'Access tokens issued through it stop working immediately.'
        : live === 0 && !isAtLeast
          ? 'It has no live access tokens.'
          : `${isAtLeast ? 'At least ' : ''}${live} live access ${live === 1 ? 'token issued through it stops' : 'tokens issued through it stop'} working at once.`}{' '}
      Its settings are lost; the audit keeps a copy.
    </p>
  )
}
