'use client'

import { ErrorState } from '@/components/ui/error-state'
import { ApiError } from '@/lib/client/api-error'
import { useIdentity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import { type TrustMethod, useTrust } from '@/lib/client/trusts'
import { methodName } from '@/lib/client/words'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import { LostTokens, RemoveTrust } from './remove-trust'
import { SnippetsSection } from './snippets-section'
import type { TesterSlot } from './tester-slot'
import { TrustEditor } from './trust-editor'
import { TrustLoading } from './trust-loading'

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
  const trust = useTrust({ identityId, method })
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
  if (!identity.data || trust.data === undefined) return <TrustLoading />
  // Nobody changes the trust of an identity above their own role: they could become it.
  const canWrite = canAccess(own, 'write') && roleIncludes(own, identity.data.role)
  const { name } = identity.data
  const stored = trust.data
  return (
    <TrustEditor
      place={{ identityId, method }}
      title={methodName(method)}
      newTitle={`Set up ${methodName(method)}`}
      breadcrumbs={[
        { label: 'Identities', href: '/identities' },
        { label: name, href: `/identities/${identityId}` },
      ]}
      stored={stored}
      canWrite={canWrite}
      tester={tester}
      after={(reset) =>
        stored && (
          <>
            <SnippetsSection identityId={identityId} method={method} trust={stored} />
            {canWrite && (
              <div>
                <RemoveTrust
                  place={{ identityId, method }}
                  act={`Remove ${methodName(method)}`}
                  question={`Remove ${methodName(method)} from ${name}?`}
                  done={`${methodName(method)} removed from ${name}`}
                  typeName={name}
                  onRemoved={reset}
                >
                  <LostTokens identityId={identityId} method={method} />
                </RemoveTrust>
              </div>
            )}
          </>
        )
      }
    />
  )
}
