'use client'

import { MonitorSmartphone } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { TimeAgo } from '@/components/ui/time-ago'
import { toast } from '@/components/ui/toaster'
import { type Member, useEndMemberSession, useEndMemberSessions, useMemberSessions } from '@/lib/client/members'
import type { ListedSession } from '@/lib/client/session'
import { browserWords, methodWords } from '@/lib/client/session-words'

type Row = ListedSession & { member: Member }

/** Where a person is signed in; an admin ends one, or all. */
export function MemberSessions({ member }: { member: Member }) {
  const { data, error, refetch, isFetching } = useMemberSessions(member.id)
  const endAll = useEndMemberSessions()
  return (
    <Section
      title="Sessions"
      description="Browsers in which they are signed in."
      flush
      actions={
        data &&
        data.length > 1 && (
          <Button
            size="sm"
            busy={endAll.isPending}
            onClick={() =>
              endAll.mutate(member.id, {
                onSuccess: () => toast.success(`${member.name} is signed out everywhere`),
                onError: (failure) => toast.error('The sessions were not ended', { description: failure.message }),
              })
            }
          >
            End all
          </Button>
        )
      }
    >
      <DataTable
        caption={`Sessions of ${member.name}`}
        columns={columns}
        rows={data?.map((session) => ({ ...session, member }))}
        rowId={(session) => session.id}
        error={error}
        onRetry={() => refetch()}
        busy={isFetching}
        skeletonRows={2}
        empty={<EmptyState icon={MonitorSmartphone} title="Not signed in anywhere" />}
      />
    </Section>
  )
}

const column = columnsOf<Row>()

const columns = column.columns([
  column.accessor('createdAt', { header: 'Started', cell: ({ getValue }) => <TimeAgo at={getValue()} /> }),
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
    cell: ({ row }) => <EndSession {...row.original} />,
  }),
])

const LastUsed = ({ at }: { at: string | null }) => (at ? <TimeAgo at={at} /> : <>Not known</>)

function EndSession({ id, ip, member }: Row) {
  const end = useEndMemberSession()
  return (
    <Button
      size="sm"
      busy={end.isPending}
      aria-label={`End the session from ${ip ?? 'an unknown address'}`}
      onClick={() =>
        end.mutate(
          { userId: member.id, sessionId: id },
          {
            onSuccess: () => toast.success('Session ended'),
            onError: (failure) => toast.error('The session was not ended', { description: failure.message }),
          },
        )
      }
    >
      End
    </Button>
  )
}
