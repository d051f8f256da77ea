'use client'

import { FrozenMark } from '@/components/layout/frozen-trust'
import { PostureCell } from '@/components/posture/posture-cell'
import { Badge } from '@/components/ui/badge'
import { columnsOf } from '@/components/ui/data-table-columns'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { visibleText } from '@/lib/trust/unseen'
import type { StandaloneRow } from '../standalone-list'
import type { IssuerRow } from './issuer-row'

const column = columnsOf<StandaloneRow<IssuerRow>>()

/** Columns of the list of issuers. */
export const issuerColumns = column.columns([
  column.accessor('issuer', {
    header: 'Issuer',
    cell: ({ row: { original } }) => <IssuerName issuer={original} />,
  }),
  column.accessor(({ project }) => project ?? '', {
    id: 'project',
    header: 'Project',
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => <Mono text={getValue()} />,
  }),
  column.accessor(({ urls, supplied }) => urls * 1000 + supplied, {
    id: 'keys',
    header: 'Keys',
    meta: { hideBelow: 'sm' },
    cell: ({ row: { original } }) => <span className="whitespace-nowrap">{keyWords(original)}</span>,
  }),
  column.accessor(({ audiences }) => audiences.join(', '), {
    id: 'audiences',
    header: 'Audiences',
    meta: { hideBelow: 'xl' },
    cell: ({ getValue }) => (getValue() === '' ? <Badge tone="attention">none</Badge> : <Mono text={getValue()} />),
  }),
  column.accessor(({ roles }) => roles?.join(', ') ?? '', {
    id: 'roles',
    header: 'Roles',
    meta: { hideBelow: 'lg' },
    cell: ({ row: { original } }) => <Roles roles={original.roles} />,
  }),
  column.accessor(({ prm }) => prm?.toString(16).padStart(16, '0') ?? 'g', {
    id: 'permissions',
    header: 'Permissions',
    meta: { hideBelow: 'md' },
    cell: ({ row: { original } }) => <Permissions prm={original.prm} />,
  }),
  column.accessor('isEnabled', {
    header: 'State',
    cell: ({ getValue, row: { original } }) => (
      <span className="flex flex-wrap gap-1">
        {original.isBroken ? (
          <Badge tone="refused">unreadable</Badge>
        ) : getValue() ? (
          <Badge tone="accepted">active</Badge>
        ) : (
          <Badge tone="skipped">inactive</Badge>
        )}
        <FrozenMark of={{ trustId: original.id }} />
      </span>
    ),
  }),
  column.accessor('posture', {
    header: 'Posture',
    enableSorting: false,
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => <PostureCell trusts={getValue()} />,
  }),
  column.accessor('updatedAt', {
    header: 'Changed',
    meta: { hideBelow: '2xl' },
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
])

function IssuerName({ issuer: { issuer, fixed } }: { issuer: IssuerRow }) {
  return (
    <span className="flex max-w-48 items-center gap-2 sm:max-w-72 2xl:max-w-md">
      <span
        className="truncate font-mono text-compact max-sm:whitespace-normal max-sm:break-all"
        title={visibleText(issuer)}
      >
        {shownText(issuer)}
      </span>
      {fixed && (
        <Badge icon={null} className="shrink-0">
          {fixed}
        </Badge>
      )}
    </span>
  )
}

function keyWords({ urls, supplied }: IssuerRow): string {
  const parts = [urls > 0 && (urls === 1 ? 'URL' : `${urls} URLs`), supplied > 0 && `${supplied} supplied`]
  return parts.filter(Boolean).join(' + ') || 'none'
}

const Mono = ({ text }: { text: string }) => (
  <span className="block max-w-36 truncate font-mono" title={visibleText(text)}>
    {shownText(text) || '–'}
  </span>
)

function Roles({ roles }: { roles: string[] | null }) {
  if (roles === null) return <span className="text-muted-foreground">all</span>
  return roles.length === 0 ? <span className="text-muted-foreground">none</span> : <Mono text={roles.join(', ')} />
}

function Permissions({ prm }: { prm: bigint | null }) {
  if (prm === null) return <span className="text-muted-foreground">all 64</span>
  return (
    <span className="whitespace-nowrap font-mono" title={`${prm} in decimal`}>
      0x{prm.toString(16)}
    </span>
  )
}
