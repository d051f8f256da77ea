'use client'

import { UserPlus, Users } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { type Member, useMembers } from '@/lib/client/members'
import { useCan } from '@/lib/client/session'
import { FactorBadges } from './factor-badges'
import { MemberRole } from './member-role'
import { PasswordLink } from './password-link'
import { RemoveMember } from './remove-member'

const AddMember = onDemand(() => import('./add-member').then((module) => module.AddMember))

/** Lists the organization's people; an admin adds, changes and removes them. */
export function MemberList() {
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = useMembers()
  const canAdminister = useCan('administer')
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title="Members"
      description="People who may sign in to this dashboard."
      flush
      actions={
        canAdminister && (
          <Button variant="primary" onClick={() => setAdding(true)}>
            <UserPlus aria-hidden />
            Add person
          </Button>
        )
      }
    >
      <DataTable
        caption="Members"
        columns={canAdminister ? adminColumns : columns}
        rows={data}
        rowId={(member) => member.id}
        {...(canAdminister ? { rowHref: ({ id }: Member) => `/settings/members/${id}` } : {})}
        error={error}
        onRetry={() => refetch()}
        busy={isFetching}
        skeletonRows={3}
        pages={hasNextPage ? { kind: 'more', onMore: () => fetchNextPage(), busy: isFetchingNextPage } : undefined}
        empty={<EmptyState icon={Users} title="There are no people" />}
      />
      {adding && <AddMember open onOpenChange={setAdding} />}
    </Section>
  )
}

const column = columnsOf<Member>()

const name = column.accessor('name', {
  header: 'Name',
  cell: ({ getValue }) => <b className="font-medium">{shownText(getValue())}</b>,
})
const email = column.accessor('email', { header: 'Email', meta: { hideBelow: 'sm' } })
const role = column.accessor('role', { header: 'Role', cell: ({ row }) => <MemberRole member={row.original} /> })
const since = column.accessor('createdAt', {
  header: 'Since',
  meta: { hideBelow: 'md' },
  cell: ({ getValue }) => <TimeAgo at={getValue()} />,
})
const factors = column.accessor('factors', {
  header: 'Second factor',
  meta: { hideBelow: 'md' },
  enableSorting: false,
  cell: ({ getValue }) => <FactorBadges factors={getValue()} />,
})
const acts = column.display({
  id: 'acts',
  header: 'Actions',
  // The person's page has the same actions.
  meta: { quiet: true, align: 'right', hideBelow: 'lg' },
  cell: ({ row }) => (
    <span className="inline-flex flex-wrap justify-end gap-2">
      <PasswordLink member={row.original} />
      <RemoveMember member={row.original} />
    </span>
  ),
})

const columns = column.columns([name, email, role, factors, since])
const adminColumns = column.columns([name, email, role, factors, since, acts])
