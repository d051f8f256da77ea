'use client'

import Link from 'next/link'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card, Section } from '@/components/ui/card'
import { CheckList } from '@/components/ui/check-list'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { type Decision, useDecision } from '@/lib/client/decisions'
import { DecisionFacts } from './decision-facts'
import { Outcome } from './outcome'

const breadcrumbs = [{ label: 'Activity', href: '/activity' }]

/** Shows one decision with its trace. */
export function DecisionPage({ decisionId }: { decisionId: string }) {
  const { data: decision, error, refetch } = useDecision(decisionId)
  if (decision) return <Known decision={decision} />
  return (
    <>
      <PageHeader title={decisionId} breadcrumbs={breadcrumbs} />
      {!error && <Skeleton className="h-96" />}
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
  const who = decision.identityName ?? 'an unknown identity'
  return (
    <>
      <PageHeader
        title={`Login of ${who}`}
        breadcrumbs={breadcrumbs}
        status={<Outcome accepted={decision.accepted} />}
        {...(decision.accepted ? {} : { description: decision.message })}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="Checks" description={traceWords(decision.trace)} flush>
          {decision.trace.length > 0 ? (
            <CheckList checks={decision.trace} label="Checks" />
          ) : (
            <EmptyState title="Nothing was checked">There was no trust to judge this token by.</EmptyState>
          )}
        </Section>
        <div className="grid gap-4">
          <Section title="Facts">
            <DecisionFacts decision={decision} />
          </Section>
          <Section title="Header" description="As the token brought it.">
            <JsonOrNothing value={decision.header} label="token header" />
          </Section>
          <Section title="Claims" description="Personal values and secrets are masked; the token itself is not kept.">
            <JsonOrNothing value={decision.claims} label="masked claims" />
          </Section>
        </div>
      </div>
    </>
  )
}

function JsonOrNothing({ value, label }: { value: object | null; label: string }) {
  if (!value) return <p className="text-muted-foreground">It could not be read.</p>
  return <CodeBlock code={JSON.stringify(value, null, 2)} label={label} wrap />
}

function traceWords(trace: Decision['trace']): string {
  const failed = trace.filter((check) => check.status === 'fail').map((check) => check.title)
  return failed.length === 0
    ? `${trace.length} checks, none failed.`
    : `${failed.length} of ${trace.length} checks failed: ${failed.join(', ')}.`
}
