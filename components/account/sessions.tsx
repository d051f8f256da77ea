'use client'

import { MonitorSmartphone } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { TimeAgo } from '@/components/ui/time-ago'
import { toast } from '@/components/ui/toaster'
import { type ListedSession, useEndSession, useOwnSessions } from '@/lib/client/session'
import { browserWords, methodWords } from '@/lib/client/session-words'

/** One's own sessions; each but the current one can be ended here. */
export function Sessions() {
  const { data, error, refetch, isFetching } = useOwnSessions()
  return (
    <Section title="Sessions" description="Browsers in which you are signed in. End those you do not know." flush>
      <DataTable
        caption="Your sessions"
        columns={columns}
        rows={data}
        rowId={(session) => session.id}
        error={error}
        onRetry={() => refetch()}
        busy={isFetching}
        skeletonRows={2}
        empty={<EmptyState icon={MonitorSmartphone} title="No sessions" />}
      />
    </Section>
  )
}

const column = columnsOf<ListedSession>()

const columns = column.columns([
  column.accessor('createdAt', {
    header: 'Started',
    cell: ({ getValue, row }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <TimeAgo at={getValue()} />
        {row.original.isCurrent && <Badge icon={null}>this one</Badge>}
      </span>
    ),
  }),
  column.accessor('userAgent', {
    header: 'Browser',
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => <span title={getValue() ?? undefined}>{browserWords(getValue())}</span>,
  }),
  column.accessor('method', {
    header: 'By',
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => methodWords(getValue()),
  }),
  column.accessor('ip', { header: 'Address', cell: ({ getValue }) => getValue() ?? 'Not known' }),
  column.accessor('lastUsedAt', {
    header: 'Last used',
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => <LastUsed at={getValue()} />,
  }),
  column.display({
    id: 'acts',
    header: 'Actions',
    meta: { quiet: true, align: 'right' },
    cell: ({ row }) => (row.original.isCurrent ? null : <EndSession session={row.original} />),
  }),
])

const LastUsed = ({ at }: { at: string | null }) => (at ? <TimeAgo at={at} /> : <>Not known</>)

function EndSession({ session }: { session: ListedSession }) {
  const end = useEndSession()
  return (
    <Button
      size="sm"
      busy={end.isPending}
      aria-label={`End the session from ${session.ip ?? 'an unknown address'}`}
      onClick={() =>
        end.mutate(session.id, {
          onSuccess: () => toast.success('Session ended'),
          onError: (error) => toast.error('The session was not ended', { description: error.message }),
        })
      }
    >
      End
    </Button>
  )
}
