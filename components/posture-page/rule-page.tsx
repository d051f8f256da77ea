'use client'

import { ShieldCheck } from 'lucide-react'
import { PageHeader } from '@/components/layout/page-header'
import { SeverityChip } from '@/components/posture/severity-chip'
import { Badge } from '@/components/ui/badge'
import { Card, Section } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { shownText } from '@/components/ui/shown'
import { usePosture } from '@/lib/client/posture'
import { toQueryString } from '@/lib/client/query-string'
import type { PostureRule } from '@/lib/trust/posture/rule'
import { postureColumns } from './posture-columns'

/** The words of a rule; how it finds something stays on the server. */
export type RuleWords = Pick<
  PostureRule,
  'id' | 'severity' | 'title' | 'why' | 'opens' | 'remedy' | 'sources' | 'blocksEnabling'
>

/** One rule: why it matters, what it opens, how to fix it, where it comes from, and which trusts have it now. */
export function RulePage({
  rule: { id, severity, title, why, opens, remedy, sources, blocksEnabling },
}: {
  rule: RuleWords
}) {
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = usePosture({ rule: id })
  return (
    <>
      <PageHeader
        title={title}
        breadcrumbs={[{ label: 'Posture', href: '/posture' }]}
        status={
          <>
            <SeverityChip severity={severity} />
            <Badge icon={null} className="font-mono">
              {id}
            </Badge>
            {blocksEnabling && <Badge tone="refused">Blocks enabling</Badge>}
          </>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Card className="grid gap-4 p-4">
          <Part title="Why it matters" text={why} />
          <Part title="What it opens" text={opens} />
          <Part title="How to fix it" text={remedy} />
          <section className="grid gap-1">
            <h2 className="font-medium">Sources</h2>
            <ul className="grid list-disc gap-0.5 pl-4 text-compact text-muted-foreground marker:text-border">
              {sources.map((source) => (
                <li key={source} className="break-words">
                  {shownText(source)}
                </li>
              ))}
            </ul>
          </section>
        </Card>
        <Section title="Trusts that have it now" flush>
          <DataTable
            caption={`Trusts with ${id}`}
            columns={postureColumns}
            rows={data?.trusts}
            rowId={({ id: trustId }) => trustId}
            rowHref={({ id: trustId }) => `/posture${toQueryString({ trust: trustId, rule: id })}`}
            error={error}
            onRetry={() => refetch()}
            busy={isFetching}
            skeletonRows={3}
            pages={{ kind: 'more', onMore: hasNextPage ? () => fetchNextPage() : null, busy: isFetchingNextPage }}
            empty={
              <EmptyState icon={ShieldCheck} title="No trust has it">
                No trust that is judged has this finding, or it is muted.
              </EmptyState>
            }
          />
        </Section>
      </div>
    </>
  )
}

const Part = ({ title, text }: { title: string; text: string }) => (
  <section className="grid gap-1">
    <h2 className="font-medium">{title}</h2>
    <p className="max-w-prose text-compact">{shownText(text)}</p>
  </section>
)
