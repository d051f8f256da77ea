'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { toast } from '@/components/ui/toaster'
import type { Identity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import { useIdentityTrusts, useRemoveTrustById } from '@/lib/client/trusts'
import { methodName } from '@/lib/client/words'
import { canAccess, roleIncludes } from '@/lib/trust/role'

/** Lists trusts of which a part cannot be read. One of an unknown kind has no page, so it is removed here. */
export function BrokenTrustRows({ identity }: { identity: Identity }) {
  const { data: trusts = [] } = useIdentityTrusts(identity.id)
  const own = useSession().data?.role ?? 'no-access'
  const canWrite = canAccess(own, 'write') && roleIncludes(own, identity.role)
  const remove = useRemoveTrustById()
  return trusts
    .filter(({ unreadable }) => unreadable)
    .map(({ id, name, kind, unreadable = [] }) => {
      const isUnknown = unreadable.includes('kind')
      return (
        <li key={id} className="p-3">
          <Callout
            tone="danger"
            title={isUnknown ? `${name}: unknown method` : `${methodName(kind)} cannot be read`}
            actions={
              canWrite &&
              isUnknown && (
                <Button
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(id, { onError: ({ message }) => toast.error(message) })}
                >
                  Remove
                </Button>
              )
            }
          >
            Some of its stored data is damaged, so it refuses every token.
          </Callout>
        </li>
      )
    })
}
