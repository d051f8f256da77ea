'use client'

import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { Shown, shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { TimesBadge } from '@/components/ui/times-badge'
import type { DecisionSummary } from '@/lib/client/decisions'
import { useIncidentRefusals } from '@/lib/client/incidents'

const column = columnsOf<DecisionSummary>()
const subject = (meta: { hideBelow?: 'sm' }) =>
  column.accessor('subject', {
    header: 'Subject',
    enableSorting: false,
    meta,
    cell: ({ getValue }) => (
      <span className="block max-w-40 truncate font-mono text-xs sm:max-w-72">
        <Shown text={getValue() ?? '–'} />
      </span>
    ),
  })
const columns = column.columns([
  column.accessor('at', {
    header: 'When',
    enableSorting: false,
    cell: ({ getValue, row: { original } }) => (
      <>
        <TimeAgo at={getValue()} /> <TimesBadge repeats={original.repeats} />
      </>
    ),
  }),
  subject({}),
  column.accessor('ip', {
    header: 'IP',
    enableSorting: false,
    meta: { mono: true, hideBelow: 'sm' },
    cell: ({ getValue }) => shownText(getValue()) ?? '–',
  }),
])

/** Logins of one workload may be of several identities. */
const ofRuns = column.columns([
  ...columns.slice(0, 1),
  column.accessor('identityName', {
    header: 'Identity',
    enableSorting: false,
    cell: ({ getValue }) => <span className="block max-w-48 truncate">{shownText(getValue()) ?? '–'}</span>,
  }),
  subject({ hideBelow: 'sm' }),
  ...columns.slice(2),
])

const ofUses = column.columns([
  column.accessor('at', {
    header: 'When',
    enableSorting: false,
    cell: ({ getValue, row: { original } }) => (
      <>
        <TimeAgo at={getValue()} /> <TimesBadge repeats={original.repeats} />
      </>
    ),
  }),
  column.accessor('message', {
    header: 'What was found',
    enableSorting: false,
    cell: ({ getValue }) => <span className="block min-w-48 break-words">{shownText(getValue())}</span>,
  }),
  column.accessor('ip', {
    header: 'IP',
    enableSorting: false,
    meta: { mono: true, hideBelow: 'sm' },
    cell: ({ getValue }) => shownText(getValue()) ?? '–',
  }),
  column.accessor('userAgent', {
    header: 'User agent',
    enableSorting: false,
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => <span className="block max-w-40 truncate">{shownText(getValue()) ?? '–'}</span>,
  }),
])

const captions = { refusal: 'Refusals', login: 'Logins', run: 'Logins', use: 'Uses', alarm: 'Refusals' } as const
const columnsFor = { refusal: columns, login: columns, run: ofRuns, use: ofUses, alarm: ofUses }

/** Recorded refusals, logins or uses of an incident; each links to its trace. */
export function IncidentRefusals({ id, noun }: { id: string; noun: keyof typeof captions }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isFetching } = useIncidentRefusals(id)
  return (
    <DataTable
      caption={`${captions[noun]} of this incident`}
      columns={columnsFor[noun]}
      rows={data}
      rowId={(decision) => decision.id}
      rowHref={(decision) => `/activity/${decision.id}`}
      error={error}
      onRetry={() => refetch()}
      busy={isFetching}
      pages={{ kind: 'more', onMore: hasNextPage ? () => fetchNextPage() : null, busy: isFetchingNextPage }}
      empty={
        <EmptyState title={`No ${noun === 'run' ? 'login' : noun} is left`}>Their retention period is over.</EmptyState>
      }
    />
  )
}
