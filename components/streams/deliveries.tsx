'use client'

import { Badge } from '@/components/ui/badge'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { type Delivery, useDeliveries } from '@/lib/client/streams'

const column = columnsOf<Delivery>()
const columns = column.columns([
  column.accessor('at', {
    header: 'When',
    enableSorting: false,
    cell: ({ getValue, row: { original } }) => (
      <>
        <TimeAgo at={getValue()} /> {original.kind === 'test' && <Badge icon={null}>Test</Badge>}
      </>
    ),
  }),
  column.accessor('ok', {
    header: 'Outcome',
    enableSorting: false,
    cell: ({ getValue, row: { original } }) => (
      <span className="grid max-w-40 gap-0.5 py-1.5 sm:max-w-80">
        <span>
          <Badge tone={getValue() ? 'accepted' : 'refused'}>
            {getValue() ? 'Taken' : original.status === null ? 'No answer' : `Status ${original.status}`}
          </Badge>
        </span>
        {!getValue() && (
          <span className="whitespace-normal break-words text-muted-foreground text-xs">
            {shownText(original.message)}
          </span>
        )}
        {original.answer && (
          <code className="line-clamp-3 whitespace-normal break-all text-muted-foreground text-xs">
            {shownText(original.answer)}
          </code>
        )}
      </span>
    ),
  }),
  column.accessor('events', {
    header: 'Events',
    enableSorting: false,
    meta: { align: 'right', hideBelow: 'sm' },
    cell: ({ getValue }) => getValue().toLocaleString('en'),
  }),
  column.accessor('latencyMs', {
    header: 'Took',
    enableSorting: false,
    meta: { align: 'right', hideBelow: 'md' },
    cell: ({ getValue }) => `${getValue().toLocaleString('en')} ms`,
  }),
])

/** The last requests of a stream and their answers. */
export function Deliveries({ id }: { id: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isFetching } = useDeliveries(id)
  return (
    <DataTable
      caption="Requests of this stream"
      columns={columns}
      rows={data}
      rowId={({ number }) => String(number)}
      error={error}
      onRetry={() => refetch()}
      busy={isFetching}
      pages={{ kind: 'more', onMore: hasNextPage ? () => fetchNextPage() : null, busy: isFetchingNextPage }}
      empty={<EmptyState title="No request yet">Send a test event to see whether the receiver takes it.</EmptyState>}
    />
  )
}
