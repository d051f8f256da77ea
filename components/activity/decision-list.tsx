'use client'

import { type ReactNode, useMemo } from 'react'
import type { DataTableColumns } from '@/components/ui/data-table-columns'
import { LogTable } from '@/components/ui/log-table'
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
  const log = useDecisions(filter)
  const { data } = log
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
    <LogTable
      caption="Login decisions"
      columns={columns}
      log={log}
      rows={rows}
      rowId={(decision) => decision.id}
      rowHref={(decision) => `/activity/${decision.id}`}
      empty={empty}
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
