'use client'

import type { ReactNode } from 'react'
import { DataTable } from '@/components/ui/data-table'
import type { DataTableColumns } from '@/components/ui/data-table-columns'
import { NothingSoFar } from '@/components/ui/looked-back'
import { type DecisionFilter, type DecisionSummary, useDecisions } from '@/lib/client/decisions'

/** Login decisions of a filter, as many as were loaded; each links to its trace. */
export function DecisionList({
  filter,
  columns,
  empty,
}: {
  filter: DecisionFilter
  columns: DataTableColumns<DecisionSummary>
  empty: ReactNode
}) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isFetching } = useDecisions(filter)
  return (
    <DataTable
      caption="Login decisions"
      columns={columns}
      rows={data?.rows}
      rowId={(decision) => decision.id}
      rowHref={(decision) => `/activity/${decision.id}`}
      error={error}
      onRetry={() => refetch()}
      busy={isFetching}
      pages={{
        kind: 'more',
        onMore: hasNextPage ? () => fetchNextPage() : null,
        busy: isFetchingNextPage,
        lookedBackTo: data?.lookedBackTo,
        behindSeconds: data?.behindSeconds,
      }}
      empty={
        data?.lookedBackTo ? (
          <NothingSoFar lookedBackTo={data.lookedBackTo} onMore={() => fetchNextPage()} busy={isFetchingNextPage} />
        ) : (
          empty
        )
      }
    />
  )
}
