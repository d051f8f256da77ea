'use client'

import { PageHeader } from '@/components/layout/page-header'
import { PrintButton } from '@/components/layout/print-button'
import { Card, Section } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { counted } from '@/components/ui/counted'
import { ErrorState } from '@/components/ui/error-state'
import { DetailSkeleton } from '@/components/ui/skeleton'
import { type AuditEntry, useAuditEntry } from '@/lib/client/audit'
import { actionTitle } from '@/lib/model/audit-actions'
import { withoutBookkeeping } from '@/lib/model/change-sentences'
import { AuditFacts } from './audit-facts'
import { ChangeList } from './change-list'
import { ChangeTable } from './change-table'
import { ComparisonView } from './comparison-view'
import { diffFields } from './diff-fields'

const breadcrumbs = [{ label: 'Audit', href: '/audit' }]

/** Shows one audit entry: actor, time, and the state before and after. */
export function AuditEntryPage({ entryId }: { entryId: string }) {
  const { data: entry, error, refetch } = useAuditEntry(entryId)
  if (entry) return <Known entry={entry} />
  return (
    <>
      <PageHeader title="Audit entry" breadcrumbs={breadcrumbs} />
      {error ? (
        <Card>
          <ErrorState title="This entry could not be loaded" error={error} onRetry={() => refetch()} />
        </Card>
      ) : (
        <DetailSkeleton />
      )}
    </>
  )
}

function Known({ entry }: { entry: AuditEntry }) {
  const { before, after } = entry
  const changes = diffFields(withoutBookkeeping(before ?? {}), withoutBookkeeping(after ?? {}))
  return (
    <>
      <PageHeader
        title={actionTitle(entry.action)}
        breadcrumbs={breadcrumbs}
        description={entry.targetName}
        action={<PrintButton />}
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-4">
          <Section title="What changed" description={changeWords(changes.length)} flush>
            {entry.changes.length > 0 && (
              <div className="px-4 py-3">
                <ChangeList changes={entry.changes} max={8} />
              </div>
            )}
            <ChangeTable changes={changes} />
          </Section>
          {isTrust(before) && isTrust(after) && (
            <Section
              title="What it does"
              description="What is accepted and which findings there are, before and after."
              flush
            >
              <ComparisonView before={before} after={after} />
            </Section>
          )}
        </div>
        <div className="grid gap-4">
          <Section title="Facts">
            <AuditFacts entry={entry} />
          </Section>
          <details className="rounded-lg border bg-surface print:not-open:hidden">
            <summary className="rounded-lg px-4 py-2.5 font-semibold leading-7">Raw entry</summary>
            <div className="border-t p-4">
              <CodeBlock code={JSON.stringify(entry, null, 2)} label="audit entry as JSON" wrap />
            </div>
          </details>
        </div>
      </div>
    </>
  )
}

/** Whether a recorded state is a whole trust; some acts record only a part of it. */
const isTrust = (state: unknown): state is object =>
  typeof state === 'object' && state !== null && 'rules' in state && 'method' in state

const changeWords = (count: number) => (count === 0 ? 'This act changed no fields.' : `${counted(count, 'field')}.`)
