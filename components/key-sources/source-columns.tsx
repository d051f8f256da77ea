'use client'

import { columnsOf } from '@/components/ui/data-table-columns'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { KeySourceSummary } from '@/lib/client/key-sources'
import { hostOf } from '@/lib/model/host-of'
import { visibleText } from '@/lib/trust/unseen'
import { AlarmBadge } from './alarm-badge'
import { DayStrip } from './day-strip'
import { kindWords } from './kind-words'
import { SourceStatus } from './source-status'

const column = columnsOf<KeySourceSummary>()

/** Columns of the list of key sources. */
export const sourceColumns = column.columns([
  column.accessor('url', {
    header: 'Source',
    cell: ({ getValue, row: { original } }) => (
      <span className="grid max-sm:w-40 sm:max-w-72 xl:min-w-88 xl:max-w-120">
        <span className="truncate font-mono text-compact max-sm:hidden" title={visibleText(getValue())}>
          {shownText(getValue())}
        </span>
        {/* On small screens: the host, and the path below it. */}
        <span className="truncate font-mono text-compact sm:hidden" title={visibleText(getValue())}>
          {shownText(hostOf(getValue()))}
        </span>
        <span className="truncate font-mono font-normal text-muted-foreground text-xs sm:hidden">
          {shownText(pathOf(getValue()))}
        </span>
        <span className="truncate max-sm:hidden font-normal text-muted-foreground text-xs">
          {kindWords[original.kind]}
          {original.hasCa && ', own CA'}
        </span>
      </span>
    ),
  }),
  column.accessor('status', {
    header: 'Now',
    cell: ({ getValue, row: { original } }) => (
      <span className="flex flex-wrap gap-1 py-1">
        <SourceStatus status={getValue()} />
        <AlarmBadge alarms={original.alarms} />
      </span>
    ),
  }),
  column.accessor('strip', {
    header: '90 days',
    enableSorting: false,
    meta: { hideBelow: 'lg' },
    cell: ({ getValue }) => <DayStrip days={getValue() ?? ''} />,
  }),
  column.accessor('lastSuccessAt', {
    header: 'Last success',
    meta: { hideBelow: 'md' },
    cell: ({ getValue }) => <Instant at={getValue()} />,
  }),
  column.accessor('latencyMs', {
    header: 'Latency',
    meta: { align: 'right', hideBelow: '2xl' },
    cell: ({ getValue }) => {
      const latencyMs = getValue()
      return latencyMs === null ? '–' : `${latencyMs} ms`
    },
  }),
  column.accessor('keyCount', {
    header: 'Keys',
    meta: { align: 'right', hideBelow: 'sm' },
    cell: ({ getValue }) => getValue() ?? '–',
  }),
  column.accessor(({ tls }) => soonestEnd(tls), {
    id: 'certificate',
    header: 'Certificate ends',
    meta: { hideBelow: 'xl' },
    cell: ({ getValue }) => <Instant at={getValue()} />,
  }),
  column.accessor(({ usedByCount }) => usedByCount, {
    id: 'usedBy',
    header: 'Used by',
    meta: { align: 'right', hideBelow: 'lg' },
    cell: ({ getValue, row: { original } }) =>
      `${getValue().toLocaleString('en')}${original.isUsedByMore ? '+' : ''} ${getValue() === 1 ? 'trust' : 'trusts'}`,
  }),
])

/** What comes after the host of a URL; "/" where nothing does. */
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]*/, '') || '/'

const Instant = ({ at }: { at: string | number | null }) => (at === null ? '–' : <TimeAgo at={at} />)

/** Returns when the first certificate of a chain expires, in epoch milliseconds. */
const soonestEnd = (tls: KeySourceSummary['tls']) =>
  tls === null ? null : Math.min(...[tls, ...tls.chain].map(({ notAfter }) => notAfter)) * 1000
