'use client'

import { CanaryNote } from '@/components/layout/canary-note'
import { FrozenNotice } from '@/components/layout/frozen-trust'
import { PageHeader } from '@/components/layout/page-header'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { onDemand } from '@/components/ui/on-demand'
import { useIdentity } from '@/lib/client/identities'
import { useSession } from '@/lib/client/session'
import { useTrust } from '@/lib/client/trusts'
import { definitionOf, type IdentityKind } from '@/lib/trust/kinds'
import { canAccess, roleIncludes } from '@/lib/trust/role'
import { LostTokens, RemoveTrust } from '../editor/remove-trust'
import type { TesterSlot } from '../editor/tester-slot'
import { TrustEditor } from '../editor/trust-editor'
import { TrustLoading } from '../editor/trust-loading'
import { identityViews } from './identity-views'

// Below the editor.
const SnippetsSection = onDemand(() => import('./snippets-section').then((module) => module.SnippetsSection))

/** Loads an identity and its trust for editing. */
export function TrustPage({
  identityId,
  kind,
  tester,
}: {
  identityId: string
  kind: IdentityKind
  tester: TesterSlot
}) {
  const identity = useIdentity(identityId)
  const trust = useTrust({ identityId, kind })
  const own = useSession().data?.role ?? 'no-access'

  const error = identity.error ?? trust.error
  if (error && (!identity.data || trust.data === undefined)) {
    return (
      <>
        <PageHeader title={definitionOf(kind).title} breadcrumbs={[{ label: 'Identities', href: '/identities' }]} />
        <ErrorState
          title="This trust could not be loaded"
          error={error}
          onRetry={() => {
            identity.refetch()
            trust.refetch()
          }}
        />
      </>
    )
  }
  if (!identity.data || trust.data === undefined) return <TrustLoading />
  // The trust of an identity above the actor's role cannot be changed: the actor could log in as it.
  const canWrite = canAccess(own, 'write') && roleIncludes(own, identity.data.role)
  const { name } = identity.data
  const stored = trust.data
  const { title } = definitionOf(kind)
  return (
    <TrustEditor
      place={{ identityId, kind }}
      view={identityViews[kind]}
      title={name}
      method={title}
      newTitle={`Set up ${title}`}
      breadcrumbs={[
        { label: 'Identities', href: '/identities' },
        { label: name, href: `/identities/${identityId}` },
      ]}
      stored={stored}
      canWrite={canWrite}
      access={canAccess(identity.data.role, 'write') ? 'write' : 'read'}
      notice={
        <>
          <CanaryNote identity={identity.data} />
          {stored ? <FrozenNotice of={{ trustId: stored.id }} /> : canWrite && <GuideLink identityId={identityId} />}
        </>
      }
      tester={tester}
      after={(reset) =>
        stored && (
          <>
            <SnippetsSection identityId={identityId} kind={kind} trust={stored} />
            {canWrite && (
              <div>
                <RemoveTrust
                  place={{ identityId, kind }}
                  act={`Remove ${title}`}
                  question={`Remove ${title} from ${name}?`}
                  done={`${title} removed from ${name}`}
                  typeName={name}
                  onRemoved={reset}
                >
                  <LostTokens identityId={identityId} kind={kind} />
                </RemoveTrust>
              </div>
            )}
          </>
        )
      }
    />
  )
}

const GuideLink = ({ identityId }: { identityId: string }) => (
  <p className="text-compact text-muted-foreground">
    A platform of yours?{' '}
    <Link
      href={`/identities/new?identity=${identityId}`}
      className="rounded-sm text-accent-text underline underline-offset-4"
    >
      The guided set-up
    </Link>{' '}
    asks a few questions and fills this form.
  </p>
)
