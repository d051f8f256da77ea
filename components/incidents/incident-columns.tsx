'use client'

import { addressWords, countWords, whoOf } from '@/components/layout/incident-words'
import { columnsOf } from '@/components/ui/data-table-columns'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { Incident } from '@/lib/client/incidents'
import { reasonWords } from '@/lib/client/words'
import { visibleText } from '@/lib/trust/unseen'
import { IncidentSeverityChip } from './incident-severity'
import { IncidentStateBadge } from './incident-state-badge'
import { SparkLine } from './spark-line'

const column = columnsOf<Incident>()

const what = column.accessor('reason', {
  header: 'What happened',
  enableSorting: false,
  cell: ({ row: { original: incident } }) => (
    <span className="grid min-w-0 max-w-60 gap-0.5 py-1 sm:max-w-80">
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate font-medium" title={visibleText(whoOf(incident))}>
          {shownText(whoOf(incident))}
        </span>
        <IncidentSeverityChip incident={incident} />
      </span>
      <span className="truncate text-muted-foreground text-xs">
        {shownText(reasonWords(incident.reason))} · {countWords(incident)}
      </span>
      {/* A column of its own would leave no room for the name. */}
      {incident.state !== 'open' && (
        <span className="sm:hidden">
          <IncidentStateBadge state={incident.state} />
        </span>
      )}
    </span>
  ),
})

const state = column.accessor('state', {
  header: 'State',
  enableSorting: false,
  meta: { hideBelow: 'sm' },
  cell: ({ getValue }) => <IncidentStateBadge state={getValue()} />,
})

const course = column.accessor('spark', {
  header: 'Course',
  enableSorting: false,
  meta: { hideBelow: 'md' },
  cell: ({ row: { original } }) => <SparkLine incident={original} />,
})

const addresses = column.accessor('addresses', {
  header: 'From',
  enableSorting: false,
  meta: { hideBelow: 'lg' },
  cell: ({ row: { original } }) => addressWords(original),
})

const change = column.accessor('lastChange', {
  header: 'Changed before',
  enableSorting: false,
  meta: { hideBelow: 'xl' },
  cell: ({ getValue }) => {
    const change = getValue()
    if (!change) return <span className="text-muted-foreground">–</span>
    return (
      <span className="block max-w-72 truncate" title={visibleText(change.text)}>
        {shownText(change.text)}
      </span>
    )
  },
})

const since = column.accessor('firstAt', {
  header: 'Since',
  enableSorting: false,
  meta: { hideBelow: 'sm' },
  cell: ({ getValue }) => <TimeAgo at={getValue()} />,
})

const last = column.accessor('at', {
  header: 'Last',
  enableSorting: false,
  cell: ({ getValue }) => <TimeAgo at={getValue()} />,
})

/** Columns of the list of incidents. */
export const incidentColumns = column.columns([what, state, course, addresses, change, since, last])
