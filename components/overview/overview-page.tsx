'use client'

import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card, Section } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { LoginsPicture } from '@/components/ui/logins-picture'
import { LoginsTable } from '@/components/ui/logins-table'
import { CardSkeleton, Skeleton } from '@/components/ui/skeleton'
import { type Overview, useOverview } from '@/lib/client/overview'
import { useCan } from '@/lib/client/session'
import { FirstSteps } from './first-steps'
import { LastChanges } from './last-changes'
import { NeedsALook } from './needs-a-look'
import { RefusalReasons } from './refusal-reasons'
import { Tiles } from './tiles'

const tileKeys = ['accepted', 'refused', 'posture', 'identities']

/** First page: setup steps, what needs a person, four numbers, logins by day, and the last changes. */
export function OverviewPage() {
  const { data, error, refetch } = useOverview()
  return (
    <>
      <PageHeader title="Overview" />
      {data ? (
        <Known overview={data} />
      ) : error ? (
        <Card>
          <ErrorState title="The overview could not be loaded" error={error} onRetry={() => refetch()} />
        </Card>
      ) : (
        <div className="grid gap-4">
          <CardSkeleton />
          <div className="grid grid-cols-2 gap-3 xl:grid-cols-4">
            {tileKeys.map((key) => (
              <Skeleton key={key} className="h-24 rounded-lg" />
            ))}
          </div>
          <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <CardSkeleton lines={8} />
            <CardSkeleton lines={5} />
          </div>
        </div>
      )}
    </>
  )
}

function Known({ overview }: { overview: Overview }) {
  const canWrite = useCan('write')
  const hasLogins = overview.steps.acceptedLogin || overview.logins.some((day) => day.accepted + day.refused > 0)
  if (!hasLogins) {
    // Empty charts and counts would not be informative.
    return (
      <div className="grid gap-4">
        {canWrite && <FirstSteps steps={overview.steps} />}
        <NeedsALook days={overview.logins} />
        <LastChanges />
      </div>
    )
  }
  return (
    <div className="grid gap-4">
      {canWrite && <FirstSteps steps={overview.steps} />}
      <NeedsALook days={overview.logins} />
      <Tiles overview={overview} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Section
          title="Logins"
          description="Accepted and refused by day, last 30 days, UTC. Marked: days on which trusts or keys changed."
          actions={
            <Button asChild size="sm">
              <Link href="/activity">Open Activity</Link>
            </Button>
          }
        >
          <LoginsPicture days={overview.logins} />
          <LoginsTable days={overview.logins} />
        </Section>
        <div className="grid gap-4">
          <Section title="Why logins were refused" description="Last 30 days." flush>
            <RefusalReasons reasons={overview.refusalReasons} since={overview.logins[0]?.day} />
          </Section>
          <LastChanges />
        </div>
      </div>
    </div>
  )
}
