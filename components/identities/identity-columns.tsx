'use client'

import { FrozenBadge } from '@/components/layout/frozen-trust'
import { PostureCell } from '@/components/posture/posture-cell'
import { Badge } from '@/components/ui/badge'
import { columnsOf } from '@/components/ui/data-table-columns'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { Identity } from '@/lib/client/identities'
import type { PostureTrust } from '@/lib/client/posture'
import { methodName } from '@/lib/client/words'
import { CanaryBadge } from './canary-badge'

/** An identity with the posture of its trusts; undefined = not loaded yet. */
export type IdentityRow = Identity & { posture: readonly PostureTrust[] | undefined; isFrozen: boolean }

const column = columnsOf<IdentityRow>()

/** Columns of the list of identities; ids of sortable columns are those of the API. */
export const identityColumns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ getValue, row: { original } }) =>
      original.isCanary || original.isFrozen ? (
        <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
          {shownText(getValue())} {original.isCanary && <CanaryBadge />}
          {original.isFrozen && <FrozenBadge />}
        </span>
      ) : (
        shownText(getValue())
      ),
  }),
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
  column.accessor('posture', {
    header: 'Posture',
    enableSorting: false,
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => <PostureCell trusts={getValue()} />,
  }),
  column.accessor('lastLoginAt', {
    header: 'Last login',
    cell: ({ getValue }) => <TimeOrNever at={getValue()} />,
  }),
  column.accessor('createdAt', {
    header: 'Created',
    meta: { hideBelow: 'xl' },
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
