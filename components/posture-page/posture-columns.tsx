'use client'

import { FrozenMark } from '@/components/layout/frozen-trust'
import { SeverityChip } from '@/components/posture/severity-chip'
import { Badge } from '@/components/ui/badge'
import { columnsOf } from '@/components/ui/data-table-columns'
import { shownText } from '@/components/ui/shown'
import type { PostureTrust } from '@/lib/client/posture'
import { methodName } from '@/lib/client/words'

const column = columnsOf<PostureTrust>()

/** Columns of the list of trusts by posture; the server orders it. */
export const postureColumns = column.columns([
  column.accessor(({ identityName, name }) => identityName ?? name, {
    id: 'name',
    header: 'Trust',
    enableSorting: false,
    cell: ({ getValue, row: { original } }) => (
      <span className="grid min-w-0 gap-0.5 py-1.5 print:block print:py-0">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 print:mr-2 print:inline-flex">
          <span className="min-w-0 break-words">{shownText(getValue())}</span>
          <FrozenMark of={{ trustId: original.id }} />
        </span>
        <span className="line-clamp-2 break-words font-normal text-muted-foreground print:inline">
          {shownText(original.sentence)}
        </span>
      </span>
    ),
  }),
  column.accessor('method', {
    header: 'Method',
    enableSorting: false,
    meta: { hideBelow: 'lg' },
    cell: ({ getValue, row: { original } }) => (
      <span className="flex flex-wrap gap-1">
        <span className="whitespace-nowrap">{methodName(getValue())}</span>
        {!original.enabled && <Badge tone="attention">switched off</Badge>}
      </span>
    ),
  }),
  column.accessor('worst', {
    header: 'Worst finding',
    enableSorting: false,
    cell: ({ getValue }) => <SeverityChip severity={getValue()} />,
  }),
  column.accessor(({ findings }) => countOf(findings, false), {
    id: 'findings',
    header: 'Findings',
    enableSorting: false,
    meta: { align: 'right', hideBelow: 'sm' },
    cell: ({ getValue, row: { original } }) => (
      <>
        {getValue()}
        {countOf(original.findings, true) > 0 && (
          <span className="block text-muted-foreground text-xs">{countOf(original.findings, true)} muted</span>
        )}
      </>
    ),
  }),
  column.accessor(({ strangers }) => strangers?.admitted ?? 0, {
    id: 'strangers',
    header: 'Strangers in',
    enableSorting: false,
    meta: { hideBelow: 'md' },
    cell: ({
      row: {
        original: { strangers, isPartial },
      },
    }) =>
      strangers ? (
        <span className="whitespace-nowrap tabular-nums">
          {strangers.admitted} of {strangers.total}
        </span>
      ) : isPartial ? (
        <span className="whitespace-nowrap text-muted-foreground text-xs">being judged</span>
      ) : (
        <span className="text-muted-foreground" title="No attack story of its platform could be judged">
          –
        </span>
      ),
  }),
  column.accessor('score', { header: 'Score', enableSorting: false, meta: { align: 'right', hideBelow: 'sm' } }),
])

/** Of each rule the list has the worst finding, with how many there are. */
const countOf = (findings: PostureTrust['findings'], isMuted: boolean): number =>
  findings.reduce((sum, { mute, count = 1 }) => sum + ((mute !== undefined) === isMuted ? count : 0), 0)
