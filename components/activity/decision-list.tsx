'use client'

import { type ReactNode, useMemo } from 'react'
import { DataTable } from '@/components/ui/data-table'
import type { DataTableColumns } from '@/components/ui/data-table-columns'
import { NothingSoFar } from '@/components/ui/looked-back'
import { type DecisionFilter, useDecisions } from '@/lib/client/decisions'
import { usePosture } from '@/lib/client/posture'
import type { DecisionRow } from './decision-columns'

/** Login decisions of a filter, as many as were loaded; each links to its trace. */
export function DecisionList({
  filter,
  columns,
  empty,
}: {
  filter: DecisionFilter
  columns: DataTableColumns<DecisionRow>
  empty: ReactNode
}) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isFetching } = useDecisions(filter)
  const openTrusts = useOpenTrusts()
  const rows = useMemo(
    () =>
      data?.rows.map((decision) => {
        const { accepted, trustId, trustVersion } = decision
        return { ...decision, finding: (accepted && openTrusts?.get(`${trustId} ${trustVersion}`)) || null }
      }),
    [data, openTrusts],
  )
  return (
    <DataTable
      caption="Login decisions"
      columns={columns}
      rows={rows}
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

/** Titles of the critical findings of trusts, by id and version of the trust; of very many the worst. */
function useOpenTrusts(): ReadonlyMap<string, string> | undefined {
  const { data } = usePosture({ severity: 'critical' }, 100)
  return useMemo(
    () =>
      data &&
      new Map(
        data.trusts.flatMap(({ id, version, findings }) =>
          findings.flatMap(({ severity, title, mute }) =>
            severity === 'critical' && !mute ? [[`${id} ${version}`, title] as const] : [],
          ),
        ),
      ),
    [data],
  )
}
