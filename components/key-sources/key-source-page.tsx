'use client'

import { PageHeader } from '@/components/layout/page-header'
import { Callout } from '@/components/ui/callout'
import { Card, Section } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { shownText } from '@/components/ui/shown'
import { DetailSkeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { type KeySourceDetail, useKeySource } from '@/lib/client/key-sources'
import { hostOf } from '@/lib/model/host-of'
import { AlarmList } from './alarm-list'
import { CertificateChain } from './certificate-chain'
import { FetchDays } from './fetch-days'
import { FetchNow } from './fetch-now'
import { KeySpans } from './key-spans'
import { SourceFacts } from './source-facts'
import { SourceKeys } from './source-keys'
import { SourceStatus } from './source-status'
import { SourceTimeline } from './source-timeline'
import { SourceUsers } from './source-users'

const breadcrumbs = [{ label: 'Key sources', href: '/key-sources' }]

/** Page of one source: status, keys past and present, history. */
export function KeySourcePage({ sourceId }: { sourceId: string }) {
  const { data: source, error, refetch } = useKeySource(sourceId)
  if (source) return <Known source={source} />
  return (
    <>
      <PageHeader title="Key source" breadcrumbs={breadcrumbs} />
      {error ? (
        <Card>
          <ErrorState title="This key source could not be loaded" error={error} onRetry={() => refetch()} />
        </Card>
      ) : (
        <DetailSkeleton />
      )}
    </>
  )
}

function Known({ source }: { source: KeySourceDetail }) {
  const { alarms, failure, failingSince, keys, tls } = source
  return (
    <>
      <PageHeader
        title={hostOf(source.url)}
        breadcrumbs={breadcrumbs}
        status={<SourceStatus status={source.status} />}
        description={<span className="wrap-anywhere font-mono text-compact">{shownText(source.url)}</span>}
        action={<FetchNow sourceId={source.id} />}
      />
      <div className="grid gap-4">
        {failure && failingSince && (
          <Callout
            tone={source.status === 'down' ? 'danger' : 'attention'}
            title={
              source.status === 'down'
                ? 'No token can be verified with this source'
                : 'The last good keys remain in use'
            }
          >
            {shownText(failure.message)} {shownText(failure.fix)} Failing since <TimeAgo at={failingSince} />.
          </Callout>
        )}
        {alarms.length > 0 && (
          <Section title="Alarms" flush>
            <AlarmList alarms={alarms} />
          </Section>
        )}
        <Section title="Keys" description="Keys that are published now, and former ones." flush>
          <KeySpans keys={keys} />
          <SourceKeys keys={keys} />
        </Section>
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <Section title="Timeline" description="Fetches by day, then failures and changes, newest first." flush>
            <FetchDays days={source.days} />
            <SourceTimeline events={source.events} />
          </Section>
          <div className="grid gap-4">
            <Section title="Facts">
              <SourceFacts source={source} />
            </Section>
            <Section title="Used by" flush>
              <SourceUsers source={source} />
            </Section>
            {tls && (
              <Section title="TLS certificates" description={`${tls.protocol}, the host first.`} flush>
                <CertificateChain tls={tls} />
              </Section>
            )}
          </div>
        </div>
      </div>
    </>
  )
}
