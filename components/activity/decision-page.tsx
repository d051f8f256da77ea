'use client'

import { ChevronRight } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { PrintButton } from '@/components/layout/print-button'
import { ReplayClaims } from '@/components/layout/replay'
import { TryClaims } from '@/components/layout/try-claims'
import { Button } from '@/components/ui/button'
import { Card, Section } from '@/components/ui/card'
import { CheckList } from '@/components/ui/check-list'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Link } from '@/components/ui/link'
import { CardSkeleton, DetailSkeleton } from '@/components/ui/skeleton'
import { localWords, utcWords } from '@/components/ui/time-words'
import { type Decision, useDecision } from '@/lib/client/decisions'
import { trustHref } from '@/lib/client/trust-href'
import { ClaimsRead } from './claims-read'
import { DecisionFacts } from './decision-facts'
import { DecisionHero } from './decision-hero'
import { Outcome } from './outcome'
import { useCaution } from './use-caution'

const breadcrumbs = [{ label: 'Activity', href: '/activity' }]

/** Shows one decision with its trace. */
export function DecisionPage({ decisionId }: { decisionId: string }) {
  const { data: decision, error, refetch } = useDecision(decisionId)
  if (decision) return <Known decision={decision} />
  return (
    <>
      <PageHeader title={decisionId} breadcrumbs={breadcrumbs} />
      {!error && (
        <div className="grid gap-4">
          <CardSkeleton lines={2} />
          <DetailSkeleton />
        </div>
      )}
      {error && (
        <Card>
          {error instanceof Error && 'kind' in error && error.kind === 'not-found' ? (
            <EmptyState
              title="No login has this request id"
              action={
                <>
                  <Button asChild>
                    <Link href={`/audit?search=${encodeURIComponent(decisionId)}`}>Search the audit</Link>
                  </Button>
                  <Button asChild>
                    <Link href="/activity">All activity</Link>
                  </Button>
                </>
              }
            >
              The id may belong to another kind of request: acts and sign-ins are in the audit.
            </EmptyState>
          ) : (
            <ErrorState title="This decision could not be loaded" error={error} onRetry={() => refetch()} />
          )}
        </Card>
      )}
    </>
  )
}

function Known({ decision }: { decision: Decision }) {
  const caution = useCaution(decision)
  const who = decision.identityName ?? 'an unknown identity'
  const [loud, quiet] = [decision.trace.filter(isLoud), decision.trace.filter((check) => !isLoud(check))]
  const href = decision.trustId
    ? trustHref({ id: decision.trustId, kind: decision.method, identityId: decision.identityId })
    : null
  return (
    <>
      <PageHeader
        title={`Login of ${who}`}
        breadcrumbs={breadcrumbs}
        status={<Outcome accepted={decision.accepted} isOpen={caution !== null} />}
        description={<ExactTime at={decision.at} />}
        action={<PrintButton />}
      />
      <div className="mb-4 print:mb-2">
        <DecisionHero
          decision={decision}
          actions={
            <>
              {href && (
                <Button asChild variant={decision.accepted ? 'secondary' : 'primary'}>
                  <Link href={href}>Open the trust</Link>
                </Button>
              )}
              {!decision.accepted && <TryClaims decision={decision} />}
              {decision.incidentId && (
                <Button asChild>
                  <Link href={`/incidents/${decision.incidentId}`}>Open the incident</Link>
                </Button>
              )}
            </>
          }
        />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4">
          <Section title="Checks" description={traceWords(decision.trace)} flush>
            {decision.trace.length === 0 && (
              <EmptyState title="Nothing was checked">There was no trust to judge this token by.</EmptyState>
            )}
            {loud.length > 0 && <CheckList checks={loud} label="Checks that failed or warn" />}
            {quiet.length > 0 && (
              <details
                className="group [&:first-child>summary]:border-t-0"
                open={loud.length === 0 && quiet.length <= 3}
              >
                <summary className="flex items-center gap-2 border-t px-4 py-2 print:hidden text-compact text-muted-foreground hover:bg-muted focus-visible:-outline-offset-2">
                  <ChevronRight aria-hidden className="size-4 group-open:rotate-90" />
                  {quietWords(quiet)}
                </summary>
                <CheckList checks={quiet} label="Checks that passed" />
              </details>
            )}
          </Section>
          <Section
            title="Claims"
            description="Personal values and secrets are masked; the token itself is not kept."
            flush
          >
            <ClaimsRead decision={decision} />
          </Section>
          <ReplayClaims decisionId={decision.id} />
        </div>
        <div className="grid min-w-0 gap-4">
          <Section title="Facts">
            <DecisionFacts decision={decision} />
          </Section>
          <Section title="Header" description="As the token brought it.">
            <JsonOrNothing value={decision.header} label="token header" />
          </Section>
        </div>
      </div>
    </>
  )
}

type Check = Decision['trace'][number]

const isLoud = ({ status }: Check) => status === 'fail' || status === 'warn'

/** "18 passed, 2 not checked". */
function quietWords(checks: readonly Check[]): string {
  const passed = checks.filter(({ status }) => status === 'pass').length
  return [passed > 0 && `${passed} passed`, passed < checks.length && `${checks.length - passed} not checked`]
    .filter(Boolean)
    .join(', ')
}

/** UTC and the reader's zone; the server does not know the latter. */
function ExactTime({ at }: { at: string }) {
  const local = useSyncExternalStore(
    noChange,
    () => localWords(Date.parse(at)),
    () => null,
  )
  return (
    <time dateTime={at} className="font-mono text-compact">
      {utcWords(Date.parse(at))}
      {local && !local.endsWith(' UTC') && ` · ${local}`}
    </time>
  )
}

const noChange = () => () => {}

function JsonOrNothing({ value, label }: { value: object | null; label: string }) {
  if (!value) return <p className="text-muted-foreground">It could not be read.</p>
  return (
    <CodeBlock code={JSON.stringify(value, null, 2)} label={label} wrap className="print:[&_pre]:whitespace-normal" />
  )
}

function traceWords(trace: Decision['trace']): string {
  const failed = trace.filter((check) => check.status === 'fail').map((check) => check.title)
  return failed.length === 0
    ? `${trace.length} checks, none failed.`
    : `${failed.length} of ${trace.length} checks failed: ${failed.join(', ')}.`
}
