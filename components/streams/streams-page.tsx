'use client'

import { Plus, Webhook } from 'lucide-react'
import { useState } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { useCan } from '@/lib/client/session'
import { type Stream, useStreams } from '@/lib/client/streams'
import { streamsMax } from '@/lib/model/stream-facts'
import { StreamState } from './stream-state'

const column = columnsOf<Stream>()
const columns = column.columns([
  column.accessor('name', {
    header: 'Stream',
    enableSorting: false,
    cell: ({ getValue, row: { original } }) => (
      <span className="grid max-w-44 py-1.5 sm:max-w-72 xl:max-w-96">
        <span className="truncate">{shownText(getValue())}</span>
        <span className="truncate font-mono font-normal text-muted-foreground text-xs">{shownText(original.url)}</span>
      </span>
    ),
  }),
  column.accessor('state', {
    header: 'State',
    enableSorting: false,
    cell: ({ getValue }) => <StreamState state={getValue()} />,
  }),
  column.accessor('lastDeliveredAt', {
    header: 'Last delivered',
    enableSorting: false,
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => {
      const at = getValue()
      return at === null ? '–' : <TimeAgo at={at} />
    },
  }),
  column.accessor('sent', { header: 'Events', enableSorting: false, meta: { align: 'right', hideBelow: 'md' } }),
  column.accessor('behind', {
    header: 'Waiting',
    enableSorting: false,
    meta: { align: 'right', hideBelow: 'lg' },
    cell: ({ getValue }) => getValue().toLocaleString('en'),
  }),
])

// Its form is loaded when it is opened.
const NewStream = onDemand(() => import('./stream-dialog').then((module) => module.NewStream))

/** Webhooks to which the organization's events are sent. */
export function StreamsPage() {
  const { data, error, refetch, isFetching } = useStreams({ isLive: true })
  // null = not opened yet, and not loaded either.
  const [isNew, setNew] = useState<boolean | null>(null)
  const canChange = useCan('administer')
  const streams = data?.streams
  const add = (
    <Button variant="primary" disabled={(streams?.length ?? 0) >= streamsMax} onClick={() => setNew(true)}>
      <Plus aria-hidden />
      New stream
    </Button>
  )
  return (
    <>
      <PageHeader
        title="Streams"
        description="Acts, sign-ins and logins, sent to webhooks as signed CloudEvents: in order, at least once, without gaps."
        action={canChange && streams?.length !== 0 && add}
      />
      <Card>
        <DataTable
          caption="Streams"
          columns={columns}
          rows={streams}
          rowId={({ id }) => id}
          rowHref={({ id }) => `/streams/${id}`}
          error={error}
          onRetry={() => refetch()}
          busy={isFetching}
          empty={
            <EmptyState icon={Webhook} title="No streams" action={canChange && add}>
              A stream sends the events of this organization to your log or alarm system, from its creation on.
            </EmptyState>
          }
        />
      </Card>
      {isNew !== null && <NewStream open={isNew} onOpenChange={setNew} />}
    </>
  )
}
