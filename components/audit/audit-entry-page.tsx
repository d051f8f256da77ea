'use client'

import { PageHeader } from '@/components/layout/page-header'
import { Card, Section } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { type AuditEntry, useAuditEntry } from '@/lib/client/audit'
import { actionTitle } from '@/lib/model/audit-actions'
import { AuditFacts } from './audit-facts'
import { ChangeTable } from './change-table'
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
        <Skeleton className="h-96" />
      )}
    </>
  )
}

function Known({ entry }: { entry: AuditEntry }) {
  const { before, after } = entry
  const changes = diffFields(before ?? {}, after ?? {})
  return (
    <>
      <PageHeader title={actionTitle(entry.action)} breadcrumbs={breadcrumbs} description={entry.targetName} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="What changed" description={changeWords(changes.length)} flush>
          <ChangeTable changes={changes} />
        </Section>
        <div className="grid gap-4">
          <Section title="Facts">
            <AuditFacts entry={entry} />
          </Section>
          <details className="rounded-lg border bg-surface">
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

const changeWords = (count: number) =>
  count === 0 ? 'This act changed no fields.' : `${count} ${count === 1 ? 'field' : 'fields'}.`
