'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/components/ui/toaster'
import { useTokens } from '@/lib/client/tokens'
import { type TrustMethod, useRemoveTrust } from '@/lib/client/trusts'
import { methodName } from '@/lib/client/words'

/** Removes a method from an identity, after naming what stops. */
export function RemoveTrust({
  identityId,
  identityName,
  method,
  onRemoved,
}: {
  identityId: string
  identityName: string
  method: TrustMethod
  onRemoved: () => void
}) {
  const [isOpen, setIsOpen] = useState(false)
  const remove = useRemoveTrust({ identityId, method })
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Remove {methodName(method)}</Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={`Remove ${methodName(method)} from ${identityName}?`}
        confirmLabel={`Remove ${methodName(method)}`}
        typeName={identityName}
        onConfirm={async () => {
          await remove.mutateAsync()
          toast.success(`${methodName(method)} removed from ${identityName}`)
          onRemoved()
        }}
      >
        {isOpen && <Consequences identityId={identityId} method={method} />}
      </ConfirmDialog>
    </>
  )
}

function Consequences({ identityId, method }: { identityId: string; method: TrustMethod }) {
  const { data } = useTokens({ identityId, method, limit: 100 })
  const [now] = useState(() => Date.now())
  const live = data?.tokens.filter(({ revokedAt, expiresAt }) => !revokedAt && Date.parse(expiresAt) > now).length
  const isAtLeast = data !== undefined && data.total > data.tokens.length
  return (
    <p>
      Logins through it are refused from then on.{' '}
      {live === undefined
        ? 'Access tokens issued through it stop working at once.'
        : live === 0 && !isAtLeast
          ? 'No access token issued through it is alive.'
          : `${isAtLeast ? 'At least ' : ''}${live} live access ${live === 1 ? 'token issued through it stops' : 'tokens issued through it stop'} working at once.`}{' '}
      Its settings are lost; the audit keeps a copy.
    </p>
  )
}
