'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { FrozenNotice } from '@/components/layout/frozen-trust'
import { PageHeader } from '@/components/layout/page-header'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { useSession } from '@/lib/client/session'
import { useTrust } from '@/lib/client/trusts'
import { definitionOf, type StandaloneKind } from '@/lib/trust/kinds'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import type { StandaloneView } from '../editor/kind-view'
import { RemoveTrust } from '../editor/remove-trust'
import type { TesterSlot } from '../editor/tester-slot'
import { TrustEditor } from '../editor/trust-editor'
import { TrustLoading } from '../editor/trust-loading'

/** Loads a standalone trust, or starts a new one, for editing. */
export function StandaloneTrustPage({
  kind,
  view,
  trustId,
  tester,
  after,
}: {
  kind: StandaloneKind
  /** The kind's editor, which the page brings, so that it loads no other kind's. */
  view: StandaloneView
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
  const { one, list, lost, attempt } = view

  if (error && stored === undefined) {
    return <ErrorState title={`This ${one} could not be loaded`} error={error} onRetry={() => refetch()} />
  }
  if (stored === undefined) return <TrustLoading />
  if (trustId !== null && stored?.kind !== kind) {
    return (
      <>
        <PageHeader title="Not found" breadcrumbs={[list]} />
        <EmptyState title={`There is no such ${one}`}>It may have been removed since the link was made.</EmptyState>
      </>
    )
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
      notice={
        why ? (
          <Callout title={why.title}>{shownText(why.message)}</Callout>
        ) : stored ? (
          <>
            <FrozenNotice of={{ trustId: stored.id }} />
            <p className="flex flex-wrap gap-x-4 gap-y-1 text-compact">
              <Link href={`/activity?trust=${stored.id}`} className={linkInText}>
                Its {attempt}s
              </Link>
              <Link href={`${list.href}/${stored.id}/first-${attempt}`} className={linkInText}>
                Wait for a {attempt}
              </Link>
            </p>
          </>
        ) : (
          canWrite && (
            <p className="text-compact text-muted-foreground">
              A platform of yours?{' '}
              <Link href={`${list.href}/set-up`} className={linkInText}>
                The guided set-up
              </Link>{' '}
              asks a few questions and fills this form.
            </p>
          )
        )
      }
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

const linkInText = 'rounded-sm text-accent-text underline underline-offset-4'
