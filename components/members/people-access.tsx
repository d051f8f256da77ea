'use client'

import { Users } from 'lucide-react'
import { ExportMenu } from '@/components/layout/export-menu'
import { Badge } from '@/components/ui/badge'
import { Section } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { peopleAccessExports } from '@/lib/client/exports'
import { type PersonAccess, usePeopleAccess } from '@/lib/client/people-access'
import { useCan } from '@/lib/client/session'
import { FactorBadges } from './factor-badges'

/** Who can see what: every person with what their role lets them do, and how they get in. */
export function PeopleAccess() {
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = usePeopleAccess()
  const canAdminister = useCan('administer')
  return (
    <Section
      title="Who can see what"
      description="What each person's role lets them see and change, and how they sign in."
      flush
      actions={<ExportMenu size="sm" choices={peopleAccessExports} />}
    >
      <DataTable
        caption="Who can see what"
        columns={columns}
        rows={data}
        rowId={({ id }) => id}
        {...(canAdminister ? { rowHref: ({ id }: PersonAccess) => `/settings/members/${id}` } : {})}
        error={error}
        onRetry={() => refetch()}
        busy={isFetching}
        skeletonRows={3}
        pages={hasNextPage ? { kind: 'more', onMore: () => fetchNextPage(), busy: isFetchingNextPage } : undefined}
        empty={<EmptyState icon={Users} title="There are no people" />}
      />
    </Section>
  )
}

const column = columnsOf<PersonAccess>()

const columns = column.columns([
  column.accessor('name', {
    header: 'Person',
    enableSorting: false,
    cell: ({ row: { original } }) => (
      <span className="grid max-w-36 sm:max-w-56">
        <span className="truncate">{shownText(original.name)}</span>
        <span className="truncate font-normal text-muted-foreground text-xs">{shownText(original.email)}</span>
      </span>
    ),
  }),
  column.accessor('role', {
    header: 'Role',
    enableSorting: false,
    cell: ({ getValue }) => <Badge icon={null}>{getValue()}</Badge>,
  }),
  column.display({
    id: 'may',
    header: 'Sees and changes',
    meta: { hideBelow: 'md' },
    cell: ({ row: { original } }) => <May person={original} />,
  }),
  column.accessor('factors', {
    header: 'Second factor',
    enableSorting: false,
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => <FactorBadges factors={getValue()} />,
  }),
  column.display({
    id: 'ways',
    header: 'Signs in by',
    meta: { hideBelow: 'lg' },
    cell: ({ row: { original } }) => shownText(waysOf(original)),
  }),
  column.accessor('lastSignInAt', {
    header: 'Last sign-in',
    enableSorting: false,
    cell: ({ getValue }) => {
      const at = getValue()
      return at === null ? <span className="text-muted-foreground">Not known</span> : <TimeAgo at={at} />
    },
  }),
  column.accessor('sessions', {
    header: 'Sessions',
    enableSorting: false,
    meta: { align: 'right', hideBelow: 'lg' },
  }),
])

function May({ person: { sees, changes } }: { person: PersonAccess }) {
  if (sees.length === 0) return <span className="text-muted-foreground">Nothing</span>
  return (
    <span className="grid max-w-md gap-0.5 whitespace-normal py-1 text-compact">
      <span>Sees: {sees.join('; ')}</span>
      {changes.length > 0 && <span>Changes: {changes.join('; ')}</span>}
    </span>
  )
}

const waysOf = ({ hasPassword, factors, providers }: PersonAccess) =>
  [...(hasPassword ? ['Password'] : []), ...(factors.passkey ? ['Passkey'] : []), ...providers].join(', ') || '–'
