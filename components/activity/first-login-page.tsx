'use client'

import { PageHeader } from '@/components/layout/page-header'
import { TryClaims } from '@/components/layout/try-claims'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { CheckList } from '@/components/ui/check-list'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { Skeleton } from '@/components/ui/skeleton'
import { useArrivals, useDecision } from '@/lib/client/decisions'
import { useIdentity } from '@/lib/client/identities'
import { trustHref } from '@/lib/client/trust-href'
import { useTrust } from '@/lib/client/trusts'
import type { IdentityKind } from '@/lib/trust/kinds'
import { DecisionHero } from './decision-hero'
import { FirstLoginSteps } from './first-login-steps'
import { LoginFromHere } from './login-from-here'
import { WaitingBanner } from './waiting-banner'

/** Waits for the first login of a trust that was just set up, and shows whatever arrives, a refusal too. */
export function FirstLoginPage({ identityId, kind }: { identityId: string; kind: IdentityKind }) {
  const identity = useIdentity(identityId)
  const trust = useTrust({ identityId, kind })
  const arrivals = useArrivals(identityId, trust.data?.updatedAt ?? null)
  const newest = trust.data ? arrivals.data?.[0] : undefined
  const error = identity.error ?? trust.error
  const breadcrumbs = [
    { label: 'Identities', href: '/identities' },
    { label: identity.data?.name ?? 'Identity', href: `/identities/${identityId}` },
  ]
  const title = newest?.accepted ? 'The first login' : 'Waiting for the first login'
  return (
    <>
      <PageHeader
        title={title}
        breadcrumbs={breadcrumbs}
        action={
          <>
            <Button asChild>
              <Link href={trustHref({ id: '', kind, identityId }) ?? '/identities'}>Open the editor</Link>
            </Button>
            <Button asChild variant={newest?.accepted ? 'primary' : 'secondary'}>
              <Link href={`/identities/${identityId}`}>Open the identity</Link>
            </Button>
          </>
        }
      />
      {error && !trust.data && (
        <ErrorState title="This page could not be loaded" error={error} onRetry={() => trust.refetch()} />
      )}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4">
          <WaitingBanner newest={newest} error={arrivals.error} />
          {newest && <Arrived key={`${newest.id} ${newest.lastAt}`} id={newest.id} />}
          <LoginFromHere identityId={identityId} kind={kind} />
        </div>
        {trust.data === null && (
          <Section title="Not set up" description="This identity has no such login yet.">
            <Button asChild variant="primary">
              <Link href={`/identities/new?identity=${identityId}`}>Set it up</Link>
            </Button>
          </Section>
        )}
        {trust.data ? (
          <FirstLoginSteps identityId={identityId} kind={kind} trust={trust.data} />
        ) : (
          trust.data === undefined && !error && <Skeleton className="h-72" />
        )}
      </div>
    </>
  )
}

function Arrived({ id }: { id: string }) {
  const { data: decision, error, refetch } = useDecision(id)
  if (error && !decision)
    return <ErrorState title="This decision could not be loaded" error={error} onRetry={() => refetch()} />
  if (!decision) return <Skeleton className="h-48" />
  const failed = decision.trace.filter(({ status }) => status === 'fail' || status === 'warn')
  const passed = decision.trace.filter((check) => !failed.includes(check))
  return (
    <div className="grid gap-4">
      <DecisionHero
        decision={decision}
        actions={
          <>
            {!decision.accepted && <TryClaims decision={decision} />}
            <Button asChild>
              <Link href={`/activity/${decision.id}`}>Whole decision</Link>
            </Button>
          </>
        }
      />
      <Section title="Checks" flush>
        {failed.length > 0 && <CheckList checks={failed} label="Checks that failed or warn" />}
        <details>
          <summary className="px-4 py-2 text-compact text-muted-foreground">{passed.length} others</summary>
          <CheckList checks={passed} label="Checks that passed" />
        </details>
      </Section>
    </div>
  )
}
