'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { shownText } from '@/components/ui/shown'
import { ApiError } from '@/lib/client/api-error'
import { useSession } from '@/lib/client/session'
import { useTrust } from '@/lib/client/trusts'
import { definitionOf, type StandaloneKind } from '@/lib/trust/kinds'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import { RemoveTrust } from '../editor/remove-trust'
import type { TesterSlot } from '../editor/tester-slot'
import { TrustEditor } from '../editor/trust-editor'
import { TrustLoading } from '../editor/trust-loading'
import { standaloneViews } from '.'

/** Loads a standalone trust, or starts a new one, for editing. */
export function StandaloneTrustPage({
  kind,
  trustId,
  tester,
  after,
}: {
  kind: StandaloneKind
  /** null: a new one. */
  trustId: string | null
  tester: TesterSlot
  /** Below the panes, for a stored trust. */
  after?: ReactNode
}) {
  const router = useRouter()
  const place = { kind, trustId }
  const { data: stored, error, refetch } = useTrust(place)
  const own = useSession().data?.role ?? 'no-access'
  const view = standaloneViews[kind]
  const { one, list, lost } = view

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
  if (trustId !== null && stored?.kind !== kind) {
    return <EmptyState title={`There is no such ${one}`}>It may have been removed since the link was made.</EmptyState>
  }
  const { fixed, roleGiven } = definitionOf(kind)
  const why = (stored && fixed?.(stored.options)) ?? null
  // A provider with a role above the actor's cannot be changed: the actor could obtain that role.
  const given = (stored && roleGiven?.(stored.options)) ?? 'no-access'
  const canWrite = canAccess(own, 'write') && roleIncludes(own, given) && !why
  const leave = () => router.replace(list.href)
  return (
    <TrustEditor
      // Another trust is another form.
      key={trustId}
      place={place}
      view={view}
      title={stored ? stored.name : `New ${one}`}
      newTitle={`Add this ${one}`}
      breadcrumbs={[list]}
      stored={stored}
      canWrite={canWrite}
      notice={why && <Callout title={why.title}>{shownText(why.message)}</Callout>}
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
