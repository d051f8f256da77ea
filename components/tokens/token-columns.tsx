'use client'

import { Badge, type BadgeTone } from '@/components/ui/badge'
import { columnsOf } from '@/components/ui/data-table-columns'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { type TokenState, tokenState } from '@/lib/client/token-state'
import type { AccessToken } from '@/lib/client/tokens'
import { methodName } from '@/lib/client/words'
import { RevokeToken } from './revoke-token'

const column = columnsOf<AccessToken>()

/** Columns of the list of access tokens, in the API's order, newest first. */
export const tokenColumns = column.columns([
  column.accessor('method', {
    header: 'Issued by',
    enableSorting: false,
    cell: ({ row, getValue }) => (
      <span className="grid leading-4">
        <span className="font-medium">{shownText(row.original.name) ?? methodName(getValue())}</span>
        {row.original.name && <span className="text-muted-foreground text-xs">{methodName(getValue())}</span>}
        {/* Where there is no room for its column. */}
        <span className="text-muted-foreground text-xs md:hidden">
          <TimeAgo at={row.original.createdAt} />
        </span>
      </span>
    ),
  }),
  column.display({ id: 'state', header: 'State', cell: ({ row }) => <StateBadge token={row.original} /> }),
  column.accessor('createdAt', {
    header: 'Created',
    enableSorting: false,
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
  column.accessor('expiresAt', {
    header: 'Expires',
    enableSorting: false,
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
  column.accessor('uses', {
    header: 'Uses',
    enableSorting: false,
    meta: { align: 'right', hideBelow: 'sm' },
    cell: ({ row: { original } }) =>
      original.usesMax === 0 ? `${original.uses}` : `${original.uses} of ${original.usesMax}`,
  }),
  column.accessor('lastUsedAt', {
    header: 'Last used',
    enableSorting: false,
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => {
      const at = getValue()
      return at ? <TimeAgo at={at} /> : <span className="text-muted-foreground">Never</span>
    },
  }),
  column.display({
    id: 'acts',
    header: 'Actions',
    meta: { quiet: true, align: 'right' },
    cell: ({ row }) => <RevokeToken token={row.original} />,
  }),
])

const looks: Record<TokenState, { tone: BadgeTone; word: string }> = {
  live: { tone: 'accepted', word: 'Live' },
  revoked: { tone: 'refused', word: 'Revoked' },
  expired: { tone: 'skipped', word: 'Expired' },
  'used up': { tone: 'skipped', word: 'Used up' },
}

function StateBadge({ token }: { token: AccessToken }) {
  const { tone, word } = looks[tokenState(token, Date.now())]
  return <Badge tone={tone}>{word}</Badge>
}
