'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { ApiError } from '@/lib/client/api-error'
import { useSession } from '@/lib/client/session'
import { type StandaloneMethod, useTrust } from '@/lib/client/trusts'
import { issuerOptionsOf } from '@/lib/trust/issuer-options'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import { signInOptionsOf } from '@/lib/trust/sign-in-options'
import { RemoveTrust } from './remove-trust'
import { GatewaySection } from './sign-in/gateway-section'
import type { TesterSlot } from './tester-slot'
import { TrustEditor } from './trust-editor'
import { TrustLoading } from './trust-loading'

/** What each kind is called, and where it lives. */
const kinds = {
  issuer: {
    one: 'issuer',
    list: { label: 'Issuers', href: '/issuers' },
    lost: 'Its tokens are refused from then on, and access tokens issued for them stop working at once.',
  },
  'sign-in': {
    one: 'sign-in provider',
    list: { label: 'Sign-in providers', href: '/providers' },
    lost: 'Nobody signs in through it from then on. The people it brought keep their accounts, which it no longer opens.',
  },
} as const satisfies Record<StandaloneMethod, unknown>

/** Loads a trust that stands alone, or begins a new one, and edits it. */
export function StandaloneTrustPage({
  method,
  trustId,
  tester,
  after,
}: {
  method: StandaloneMethod
  /** null: a new one. */
  trustId: string | null
  tester: TesterSlot
  /** Below the panes, for what is stored. */
  after?: ReactNode
}) {
  const router = useRouter()
  const place = { method, trustId }
  const { data: stored, error, refetch } = useTrust(place)
  const own = useSession().data?.role ?? 'no-access'
  const { one, list, lost } = kinds[method]

  if (error && stored === undefined) {
    const { message } = error
    return (
      <ErrorState
        title={`This ${one} could not be loaded`}
        error={{ message, reqId: error instanceof ApiError ? error.reqId : undefined }}
        onRetry={() => refetch()}
      />
    )
  }
  if (stored === undefined) return <TrustLoading />
  if (trustId !== null && stored?.method !== method) {
    return <EmptyState title={`There is no such ${one}`}>It may have been removed since the link was made.</EmptyState>
  }
  const options = stored && issuerOptionsOf(stored)
  const isFixed = options?.static === true || options?.internal === true
  // Nobody changes how people get a role above their own: they could become it.
  const gives = (stored && signInOptionsOf(stored)?.role) ?? 'no-access'
  const canWrite = canAccess(own, 'write') && roleIncludes(own, gives) && !isFixed
  const leave = () => router.replace(list.href)
  return (
    <TrustEditor
      // Another trust is another form.
      key={trustId}
      place={place}
      title={stored ? stored.name : `New ${one}`}
      newTitle={`Add this ${one}`}
      breadcrumbs={[list]}
      stored={stored}
      canWrite={canWrite}
      notice={
        isFixed && (
          <Callout title={options.static ? 'From a file' : 'Internal'}>
            {options.static
              ? 'This issuer comes from the file that KEYBOUND_STATIC_ISSUERS names. Change it there and restart.'
              : 'Only an internal account may change this issuer.'}
          </Callout>
        )
      }
      guide={({ control }) => method === 'sign-in' && <GatewaySection control={control} stored={stored} />}
      tester={tester}
      onSaved={({ id }) => trustId === null && router.replace(`${list.href}/${id}`)}
      after={() => (
        <>
          {after}
          {canWrite && stored && (
            <div>
              <RemoveTrust
                place={place}
                act={`Remove this ${one}`}
                question={`Remove ${stored.name}?`}
                done={`${stored.name} removed`}
                typeName={stored.name}
                onRemoved={leave}
              >
                <p>{lost} Its settings are lost; the audit keeps a copy.</p>
              </RemoveTrust>
            </div>
          )}
        </>
      )}
    />
  )
}
