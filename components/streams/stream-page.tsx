'use client'

import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card, Section } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { DetailSkeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { useCan } from '@/lib/client/session'
import { type Stream, useStream } from '@/lib/client/streams'
import { pauseReasons } from '@/lib/model/stream-facts'
import { Deliveries } from './deliveries'
import { ResumeStream, StreamActs } from './stream-acts'
import { StreamFacts } from './stream-facts'
import { StreamState } from './stream-state'

const breadcrumbs = [{ label: 'Streams', href: '/streams' }]

/** A stream: whether it arrives, what it sends, and its last requests. */
export function StreamPage({ streamId }: { streamId: string }) {
  const { data, error, refetch } = useStream(streamId)
  if (data) return <Known stream={data} />
  return (
    <>
      <PageHeader title="Stream" breadcrumbs={breadcrumbs} />
      {!error && <DetailSkeleton />}
      {error && (
        <Card>
          {'kind' in error && error.kind === 'not-found' ? (
            <EmptyState
              title="There is no stream with that id"
              action={
                <Button asChild>
                  <Link href="/streams">All streams</Link>
                </Button>
              }
            >
              It may have been removed; the audit says by whom.
            </EmptyState>
          ) : (
            <ErrorState title="This stream could not be loaded" error={error} onRetry={() => refetch()} />
          )}
        </Card>
      )}
    </>
  )
}

function Known({ stream }: { stream: Stream }) {
  const canChange = useCan('administer')
  return (
    <>
      <PageHeader
        title={stream.name}
        breadcrumbs={breadcrumbs}
        status={<StreamState state={stream.state} />}
        description={<span className="wrap-anywhere font-mono text-compact">{shownText(stream.url)}</span>}
        action={canChange && <StreamActs stream={stream} />}
      />
      <div className="grid gap-4">
        <Trouble stream={stream} />
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Section title="Requests" description="The last 200, newest first." flush>
            <Deliveries id={stream.id} />
          </Section>
          <Section title="Facts">
            <StreamFacts stream={stream} />
          </Section>
        </div>
      </div>
    </>
  )
}

/** Why nothing arrives, and how it goes on. */
function Trouble({ stream }: { stream: Stream }) {
  const canChange = useCan('administer')
  const { state, pausedAt, pausedReason, pausedByName, lastFailure, failingSince, nextAt } = stream
  if (state === 'active') return null
  return (
    <Callout
      tone={state === 'paused' ? 'danger' : 'attention'}
      title={state === 'paused' ? 'Nothing is sent' : 'The receiver does not accept the requests'}
    >
      <div className="grid gap-3">
        {pausedAt && (
          <p>
            {pausedReason && pauseReasons[pausedReason]} {pausedByName && <>By {shownText(pausedByName)}. </>}
            Paused <TimeAgo at={pausedAt} />. What happens meanwhile waits.
          </p>
        )}
        {lastFailure && (
          <p className="break-words">
            {shownText(lastFailure)}{' '}
            {failingSince && (
              <>
                Failing since <TimeAgo at={failingSince} />.{' '}
              </>
            )}
            {state === 'failing' && (
              <>
                Tried again <TimeAgo at={nextAt} />.
              </>
            )}
          </p>
        )}
        {canChange && <ResumeStream stream={stream} />}
      </div>
    </Callout>
  )
}
