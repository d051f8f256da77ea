'use client'

import { PostureCell } from '@/components/posture/posture-cell'
import { Badge } from '@/components/ui/badge'
import { columnsOf } from '@/components/ui/data-table-columns'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { visibleText } from '@/lib/trust/unseen'
import type { StandaloneRow } from '../standalone-list'
import { ProviderActs } from './provider-acts'
import type { ProviderRow } from './provider-row'

const column = columnsOf<StandaloneRow<ProviderRow>>()

const mono = (text: string | null) =>
  text === null ? (
    '–'
  ) : (
    <span className="block max-w-56 truncate font-mono" title={visibleText(text)}>
      {shownText(text)}
    </span>
  )

/** Columns of the list of providers. */
export const providerColumns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ getValue }) => <span className="line-clamp-2 break-words">{shownText(getValue())}</span>,
  }),
  column.accessor('isActive', { header: 'State', cell: ({ row }) => <ProviderState provider={row.original} /> }),
  column.accessor('issuer', {
    header: 'Issuer',
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => mono(getValue()),
  }),
  column.accessor('gatewayHost', {
    header: 'Gateway',
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => mono(getValue()),
  }),
  column.accessor(({ audiences }) => audiences.join(', '), {
    id: 'audience',
    header: 'Audience',
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => (getValue() === '' ? <Badge tone="attention">none</Badge> : mono(getValue())),
  }),
  column.accessor('owner', {
    header: 'Owner',
    meta: { hideBelow: '2xl' },
    cell: ({ getValue }) => (getValue() === 'system' ? 'Installation' : 'Organization'),
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
  column.display({
    id: 'acts',
    header: 'Actions',
    meta: { quiet: true, align: 'right' },
    cell: ({ row }) => <ProviderActs provider={row.original} />,
  }),
])

function ProviderState({ provider: { isActive, isBroken, isOffered } }: { provider: ProviderRow }) {
  if (isBroken) return <Badge tone="refused">unreadable</Badge>
  if (!isActive) return <Badge tone="skipped">inactive</Badge>
  return (
    <span className="grid justify-items-start gap-0.5 py-1">
      <Badge tone="accepted">active</Badge>
      {!isOffered && <span className="whitespace-nowrap text-muted-foreground text-xs">elsewhere only</span>}
    </span>
  )
}
