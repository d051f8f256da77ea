'use client'

import Link from 'next/link'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card, Section } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { type Overview, useOverview } from '@/lib/client/overview'
import { useCan } from '@/lib/client/session'
import { FirstSteps } from './first-steps'
import { LoginsPicture } from './logins-picture'
import { LoginsTable } from './logins-table'
import { RefusalReasons } from './refusal-reasons'

/** First page: setup steps, counts, and logins by day. */
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
          <Skeleton className="h-20" />
          <Skeleton className="h-72" />
        </div>
      )}
    </>
  )
}

function Known({ overview }: { overview: Overview }) {
  const canWrite = useCan('write')
  return (
    <div className="grid gap-4">
      {canWrite && <FirstSteps steps={overview.steps} />}
      <Counts overview={overview} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Section
          title="Logins"
          description="Accepted and refused by day, last 30 days, UTC."
          actions={
            <Button asChild size="sm">
              <Link href="/activity">Open Activity</Link>
            </Button>
          }
        >
          <LoginsPicture days={overview.logins} />
          <LoginsTable days={overview.logins} />
        </Section>
        <Section title="Why logins were refused" description="Last 30 days." flush>
          <RefusalReasons reasons={overview.refusalReasons} />
        </Section>
      </div>
    </div>
  )
}

function Counts({ overview }: { overview: Overview }) {
  const counts = [
    { label: 'Identities', count: overview.identities, href: '/identities' },
    { label: 'Trusts', count: overview.trusts, href: null },
    { label: 'Live access tokens', count: overview.liveTokens, href: null },
  ]
  return (
    <Card>
      <dl className="grid grid-cols-3 divide-x">
        {counts.map(({ label, count, href }) => (
          <div key={label} className="grid content-between gap-1 px-4 py-3">
            <dt className="text-compact text-muted-foreground">{label}</dt>
            <dd className="font-semibold text-xl tabular-nums">
              {href ? (
                <Link href={href} className="rounded-sm hover:text-accent-text">
                  {shownCount(count)}
                </Link>
              ) : (
                shownCount(count)
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** Maximum that is counted. */
const countedMax = 10_000

const shownCount = (count: number) => `${count.toLocaleString('en')}${count >= countedMax ? '+' : ''}`
