'use client'

import type { ReactNode } from 'react'
import { type Breadcrumb, PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { Skeleton } from '@/components/ui/skeleton'
import { type Awaited, useArrivals } from '@/lib/client/decisions'
import type { StoredTrust } from '@/lib/client/trusts'
import { ArrivedDecision } from './arrived-decision'
import { type Attempt, WaitingBanner } from './waiting-banner'

/** Waits for the first login of a trust that was just set up, and shows whatever arrives, a refusal too. */
export function WaitingPage({
  attempt,
  of,
  trust,
  breadcrumbs,
  links,
  problem,
  missing,
  below,
  steps,
}: {
  attempt: Attempt
  /** Whose logins. */
  of: Awaited
  /** undefined: not read yet; null: not set up. */
  trust: StoredTrust | null | undefined
  breadcrumbs: readonly Breadcrumb[]
  /** The editor, and where to go once it works. */
  links: { editor: string; done: { href: string; label: string } }
  /** Why the page could not be read. */
  problem: { error: Error; onRetry: () => void } | null
  /** Where nothing is set up. */
  missing: ReactNode
  /** Below what arrived. */
  below?: ReactNode
  /** What to do so that one arrives. */
  steps: (trust: StoredTrust) => ReactNode
}) {
  const arrivals = useArrivals(of, trust?.updatedAt ?? null)
  const newest = trust ? arrivals.data?.[0] : undefined
  return (
    <>
      <PageHeader
        title={newest?.accepted ? `The first ${attempt}` : `Waiting for the first ${attempt}`}
        breadcrumbs={breadcrumbs}
        action={
          trust && (
            <>
              <Button asChild>
                <Link href={links.editor}>Open the editor</Link>
              </Button>
              <Button asChild variant={newest?.accepted ? 'primary' : 'secondary'}>
                <Link href={links.done.href}>{links.done.label}</Link>
              </Button>
            </>
          )
        }
      />
      {problem && !trust && (
        <ErrorState title="This page could not be loaded" error={problem.error} onRetry={problem.onRetry} />
      )}
      {trust === null && missing}
      {trust !== null && !problem && (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid min-w-0 gap-4">
            <WaitingBanner attempt={attempt} newest={newest} error={arrivals.error} />
            {newest && <ArrivedDecision key={`${newest.id} ${newest.lastAt}`} id={newest.id} />}
            {below}
          </div>
          {trust ? steps(trust) : <Skeleton className="h-72" />}
        </div>
      )}
    </>
  )
}
