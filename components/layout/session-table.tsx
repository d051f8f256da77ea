'use client'

import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { toast } from '@/components/ui/toaster'
import type { ListedSession } from '@/lib/client/session'
import { browserWords, methodWords } from '@/lib/client/session-words'
import { visibleText } from '@/lib/trust/unseen'

/** Table of one person's sessions. `act` renders the button of a row. */
export function SessionTable({
  caption,
  empty,
  sessions: { data, error, refetch, isFetching },
  act,
}: {
  caption: string
  empty: string
  sessions: UseQueryResult<ListedSession[]>
  act: (session: ListedSession) => ReactNode
}) {
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={data?.map((session) => ({ ...session, act: act(session) }))}
      rowId={(session) => session.id}
      error={error}
      onRetry={() => refetch()}
      busy={isFetching}
      skeletonRows={2}
      empty={<EmptyState icon={MonitorSmartphone} title={empty} />}
    />
  )
}

/** @param end ends the session with this id */
export function EndSession({
  session: { id, ip },
  end,
}: {
  session: ListedSession
  end: UseMutationResult<void, Error, string>
}) {
  return (
    <Button
      size="sm"
      busy={end.isPending}
      aria-label={`End the session from ${ip ?? 'an unknown address'}`}
      onClick={() =>
        end.mutate(id, {
          onSuccess: () => toast.success('Session ended'),
          onError: (failure) => toast.error('The session was not ended', { description: failure.message }),
        })
      }
    >
      End
    </Button>
  )
}

const column = columnsOf<ListedSession & { act: ReactNode }>()

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
    cell: ({ getValue }) => <span title={visibleText(getValue())}>{shownText(browserWords(getValue()))}</span>,
  }),
  column.accessor('method', {
    header: 'By',
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => methodWords(getValue()),
  }),
  column.accessor('ip', { header: 'Address', cell: ({ getValue }) => shownText(getValue()) ?? 'Not known' }),
  column.accessor('lastUsedAt', {
    header: 'Last used',
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => <LastUsed at={getValue()} />,
  }),
  column.display({
    id: 'acts',
    header: 'Actions',
    meta: { quiet: true, align: 'right' },
    cell: ({ row }) => row.original.act,
  }),
])

const LastUsed = ({ at }: { at: string | null }) => (at ? <TimeAgo at={at} /> : <>Not known</>)
