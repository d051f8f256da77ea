'use client'

import { Badge } from '@/components/ui/badge'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { MiddleTruncate } from '@/components/ui/middle-truncate'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { KeySourceKey } from '@/lib/client/key-sources'
import { visibleText } from '@/lib/trust/unseen'

/** Keys of a source: published now, and published before. */
export function SourceKeys({ keys }: { keys: readonly KeySourceKey[] }) {
  return (
    <DataTable
      caption="Keys"
      columns={columns}
      rows={keys}
      rowId={({ id }) => id}
      empty={<EmptyState title="No keys are known">Once the source answers, its keys are listed here.</EmptyState>}
    />
  )
}

const column = columnsOf<KeySourceKey>()

const columns = column.columns([
  column.accessor('kid', {
    header: 'kid',
    meta: { mono: true },
    cell: ({ getValue, row: { original } }) => (
      <span className="flex max-w-64 flex-wrap items-center gap-1.5 py-1">
        <span className="truncate" title={visibleText(getValue())}>
          {shownText(getValue()) ?? '–'}
        </span>
        {original.removedAt !== null && <Badge tone="skipped">Removed</Badge>}
        {original.problem !== null && <Badge tone="attention">Not used</Badge>}
      </span>
    ),
  }),
  column.accessor('label', {
    header: 'Key',
    cell: ({ getValue, row: { original } }) => (
      <span className="grid gap-0.5 py-1">
        <span className="whitespace-nowrap">{shownText(getValue() ?? original.type) ?? '–'}</span>
        {original.problemText && (
          <span className="max-w-72 text-muted-foreground text-xs">{shownText(original.problemText)}</span>
        )}
      </span>
    ),
  }),
  column.accessor('alg', {
    header: 'alg',
    meta: { mono: true, hideBelow: 'sm' },
    cell: ({ getValue }) => shownText(getValue()) ?? '–',
  }),
  column.accessor('use', {
    header: 'use',
    meta: { mono: true, hideBelow: 'lg' },
    cell: ({ getValue }) => shownText(getValue()) ?? '–',
  }),
  column.accessor('firstSeenAt', {
    header: 'First seen',
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
  column.accessor('lastSeenAt', {
    header: 'Last seen',
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
  column.accessor('lastUsedAt', {
    header: 'Last login',
    cell: ({ getValue }) => {
      const at = getValue()
      return at === null ? 'Never' : <TimeAgo at={at} />
    },
  }),
  column.accessor('thumbprint', {
    header: 'Thumbprint',
    enableSorting: false,
    meta: { hideBelow: 'xl' },
    cell: ({ getValue }) => <MiddleTruncate text={getValue()} head={8} tail={4} />,
  }),
])
