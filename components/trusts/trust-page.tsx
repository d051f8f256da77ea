'use client'

import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { ApiError } from '@/lib/client/api-error'
import { useIdentity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import { type TrustMethod, useIdentityTrust } from '@/lib/client/trusts'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import type { TesterSlot } from './tester-slot'
import { TrustEditor } from './trust-editor'

/** Loads an identity and its trust, then edits it. */
export function TrustPage({
  identityId,
  method,
  tester,
}: {
  identityId: string
  method: TrustMethod
  tester: TesterSlot
}) {
  const identity = useIdentity(identityId)
  const trust = useIdentityTrust({ identityId, method })
  const own = useSession().data?.role ?? 'no-access'

  const error = identity.error ?? trust.error
  if (error && (!identity.data || trust.data === undefined)) {
    return (
      <ErrorState
        title="This trust could not be loaded"
        error={{ message: error.message, reqId: error instanceof ApiError ? error.reqId : undefined }}
        onRetry={() => {
          identity.refetch()
          trust.refetch()
        }}
      />
    )
  }
  if (!identity.data || trust.data === undefined) return <Loading />
  // Nobody changes the trust of an identity above their own role: they could become it.
  const canWrite = canAccess(own, 'write') && roleIncludes(own, identity.data.role)
  return (
    <TrustEditor identity={identity.data} method={method} stored={trust.data} canWrite={canWrite} tester={tester} />
  )
}

function Loading() {
  return (
    <div aria-busy className="grid gap-4">
      <Skeleton className="h-4 w-56" />
      <Skeleton className="h-8 w-40" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-96 w-full" />
        <Skeleton className="h-48 w-full" />
      </div>
    </div>
  )
}
