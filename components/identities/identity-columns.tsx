'use client'

import { Badge } from '@/components/ui/badge'
import { columnsOf } from '@/components/ui/data-table-columns'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { TimeAgo } from '@/components/ui/time-ago'
import type { Identity } from '@/lib/client/identities'
import { methodName } from '@/lib/client/words'

const column = columnsOf<Identity>()

/** Columns of the list of identities; ids of sortable columns are those of the API. */
export const identityColumns = column.columns([
  column.accessor('name', { header: 'Name' }),
  column.accessor('role', {
    header: 'Role',
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => <Badge icon={null}>{getValue()}</Badge>,
  }),
  column.accessor('methods', {
    header: 'Methods',
    enableSorting: false,
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => <MethodNames methods={getValue()} />,
  }),
  column.accessor('lastLoginAt', {
    header: 'Last login',
    cell: ({ getValue }) => <TimeOrNever at={getValue()} />,
  }),
  column.accessor('createdAt', {
    header: 'Created',
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
  column.accessor('id', {
    header: 'Id',
    enableSorting: false,
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => <MiddleTruncate text={getValue()} />,
  }),
])

function MethodNames({ methods }: { methods: readonly string[] }) {
  if (methods.length === 0) return <span className="text-muted-foreground">None yet</span>
  return <span className="whitespace-nowrap">{methods.map(methodName).join(', ')}</span>
}

function TimeOrNever({ at }: { at: string | null }) {
  return at ? <TimeAgo at={at} /> : <span className="text-muted-foreground">Never</span>
}
