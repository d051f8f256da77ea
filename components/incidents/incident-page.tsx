'use client'

import { addressWords, alarmWords, countWords, custodyWords, nounOf, titleOf } from '@/components/layout/incident-words'
import { PageHeader } from '@/components/layout/page-header'
import { ReplayClaims } from '@/components/layout/replay'
import { TryClaims } from '@/components/layout/try-claims'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, Section } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { DetailSkeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { useDecision } from '@/lib/client/decisions'
import { type IncidentDetail, useIncident } from '@/lib/client/incidents'
import { trustHref } from '@/lib/client/trust-href'
import { alarmReasonOf, canaryUsed, isAlarm } from '@/lib/model/alarm'
import { custodyReasonOf, isCustody, wideRun } from '@/lib/model/custody'
import { ChangesBefore } from './changes-before'
import { IncidentFacts } from './incident-facts'
import { IncidentRefusals } from './incident-refusals'
import { IncidentSeverityChip } from './incident-severity'
import { IncidentState } from './incident-state'
import { IncidentStateBadge } from './incident-state-badge'
import { SparkLine } from './spark-line'

const breadcrumbs = [{ label: 'Incidents', href: '/incidents' }]

/** An incident: who was refused and why, since when, what changed before, and its refusals. */
export function IncidentPage({ incidentId }: { incidentId: string }) {
  const { data, error, refetch } = useIncident(incidentId)
  if (data) return <Known incident={data} />
  return (
    <>
      <PageHeader title="Incident" breadcrumbs={breadcrumbs} />
      {!error && <DetailSkeleton />}
      {error && (
        <Card>
          {error instanceof Error && 'kind' in error && error.kind === 'not-found' ? (
            <EmptyState
              title="There is no incident with that id"
              action={
                <Button asChild>
                  <Link href="/incidents">All incidents</Link>
                </Button>
              }
            >
              Incidents are kept as long as the refusals that they are made of.
            </EmptyState>
          ) : (
            <ErrorState title="This incident could not be loaded" error={error} onRetry={() => refetch()} />
          )}
        </Card>
      )}
    </>
  )
}

function Known({ incident }: { incident: IncidentDetail }) {
  const title = titleOf(incident)
  return (
    <>
      <PageHeader
        title={title}
        breadcrumbs={breadcrumbs}
        status={
          <>
            <IncidentSeverityChip incident={incident} />
            <IncidentStateBadge state={incident.state} />
            {incident.isGoingOn && <Badge tone="refused">Goes on</Badge>}
          </>
        }
      />
      <Answer incident={incident} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4">
          {isAlarm(incident) ? (
            <Section
              title={incident.reason === canaryUsed ? 'Uses' : 'Refusals'}
              description="As recorded, newest first. Repetitions are counted in one row."
              flush
            >
              <IncidentRefusals id={incident.id} noun={incident.reason === canaryUsed ? 'use' : 'alarm'} />
            </Section>
          ) : isCustody(incident) ? (
            <Section title="Logins" description="As recorded, newest first." flush>
              <IncidentRefusals id={incident.id} noun={incident.reason === wideRun ? 'run' : 'login'} />
            </Section>
          ) : (
            <>
              <ChangesBefore incident={incident} />
              <Section
                title="Refusals"
                description="As recorded, newest first. Repetitions are counted in one row."
                flush
              >
                <IncidentRefusals id={incident.id} noun="refusal" />
              </Section>
              <ReplayClaims key={incident.lastDecisionId} decisionId={incident.lastDecisionId} />
            </>
          )}
        </div>
        <div className="grid min-w-0 gap-4">
          <IncidentState key={incident.version} incident={incident} />
          <Section title="Facts">
            <IncidentFacts incident={incident} />
          </Section>
        </div>
      </div>
    </>
  )
}

/** What is the matter, in a sentence, with the way to mend it. */
function Answer({ incident }: { incident: IncidentDetail }) {
  const { data: last } = useDecision(incident.lastDecisionId)
  const { trustId, identityId, method } = incident
  const custody = custodyReasonOf(incident)
  const alarm = alarmReasonOf(incident)
  const href = trustId && trustHref({ id: trustId, kind: method, identityId })
  return (
    <section
      aria-label="Summary"
      className="mb-4 grid gap-3 rounded-lg border border-l-4 border-l-refused bg-surface px-4 py-4 lg:px-5"
    >
      <p className="font-semibold text-base tabular-nums">
        {countWords(incident)} from {addressWords(incident)}
      </p>
      {incident.about !== null && <p className="break-words font-medium">{shownText(incident.about)}</p>}
      {alarm ? (
        <p className="max-w-prose">{alarmWords[alarm]}</p>
      ) : custody ? (
        <p className="max-w-prose">{custodyWords[custody]}</p>
      ) : (
        last && <p className="break-words">{shownText(last.message)}</p>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-muted-foreground">
        <span>
          First <TimeAgo at={incident.firstAt} />
        </span>
        <span>
          Last <TimeAgo at={incident.at} />
        </span>
        {(incident.spark?.counts.length ?? 0) > 1 && <SparkLine incident={incident} className="h-8 w-56" />}
      </div>
      <div className="flex flex-wrap gap-2">
        {href && (
          <Button asChild variant="primary">
            <Link href={href}>Open the trust</Link>
          </Button>
        )}
        {last && !custody && !alarm && <TryClaims decision={last} />}
        <Button asChild>
          <Link href={`/activity/${incident.firstDecisionId}`}>First {nounOf(incident)}</Link>
        </Button>
      </div>
    </section>
  )
}
