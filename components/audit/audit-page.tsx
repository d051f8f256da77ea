'use client'

import { ScrollText, SearchX, ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import { ExportMenu } from '@/components/layout/export-menu'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar, FilterDays, FilterSelect } from '@/components/ui/filter-bar'
import { LogTable } from '@/components/ui/log-table'
import { SearchBox } from '@/components/ui/search-box'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { TimesBadge } from '@/components/ui/times-badge'
import { useAuditEntries } from '@/lib/client/audit'
import { auditExports, evidencePackExport } from '@/lib/client/exports'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { actionTitle } from '@/lib/model/audit-actions'
import { actorOptions, actorWords, groupOptions } from './action-words'
import { auditParameters, toAuditFilter } from './audit-filter'
import { ChangeList } from './change-list'
import { EvidencePanel } from './evidence-panel'
import { type FoldedEntry, foldSessions } from './fold-sessions'

/** Every act and sign-in, filtered by the URL. */
export function AuditPage() {
  const url = useUrlParameters()
  const filter = toAuditFilter(url.get)
  const log = useAuditEntries(filter)
  const rows = useMemo(() => log.data && foldSessions(log.data.rows), [log.data])
  const filtered = Object.values(filter).some((value) => value !== undefined)
  const clear = () => url.set(Object.fromEntries(auditParameters.map((name) => [name, null])))

  return (
    <>
      <PageHeader
        title="Audit"
        description="Every change and sign-in: who, what, when, and what was before and after."
        action={
          <>
            <Button asChild>
              <a href="#evidence-log">
                <ShieldCheck aria-hidden />
                Evidence log
              </a>
            </Button>
            <ExportMenu choices={[...auditExports(filter), evidencePackExport()]} />
          </>
        }
      />
      <Card>
        <FilterBar onClear={filtered ? clear : null}>
          <SearchBox
            label="Search the audit"
            placeholder="Request id, actor or target"
            value={filter.search ?? ''}
            onChange={(search) => url.set({ search })}
          />
          <FilterSelect
            label="What was acted on"
            any="All actions"
            options={actionOptions(filter.action)}
            value={filter.action ?? null}
            onChange={(action) => url.set({ action })}
          />
          <FilterSelect
            label="Who acted"
            any="All actors"
            options={actorOptions}
            value={filter.actorKind ?? null}
            onChange={(actor) => url.set({ actor })}
          />
          <FilterSelect
            label="Belongs to"
            any="This organization"
            options={[{ value: 'none', label: 'Anonymous' }]}
            value={filter.owner ?? null}
            onChange={(owner) => url.set({ owner })}
          />
          <FilterDays from={url.get('from')} to={url.get('to')} onChange={url.set} />
        </FilterBar>
        <LogTable
          caption="Audit entries"
          columns={columns}
          log={log}
          rows={rows}
          groupOf={dayWords}
          rowId={(entry) => entry.id}
          rowHref={(entry) => `/audit/${entry.id}`}
          empty={
            filtered ? (
              <EmptyState icon={SearchX} title="No entry matches" action={<Button onClick={clear}>Show all</Button>}>
                Names match by a part; a request id must be whole.
              </EmptyState>
            ) : (
              <EmptyState icon={ScrollText} title="Nothing has happened yet">
                Every change and sign-in is written here in the same transaction as the act itself.
              </EmptyState>
            )
          }
        />
      </Card>
      <div id="evidence-log" className="mt-4 scroll-mt-16">
        <EvidencePanel />
      </div>
    </>
  )
}

const dayWords = (entry: FoldedEntry) => dayFormat.format(new Date(entry.at))
const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' })

const column = columnsOf<FoldedEntry>()

const columns = column.columns([
  column.accessor('action', {
    header: 'Act',
    enableSorting: false,
    cell: ({ getValue, row }) => (
      <>
        {actionTitle(getValue())}
        <TimesBadge repeats={row.original.repeats} />
        {row.original.others > 0 && (
          <span className="text-muted-foreground text-xs"> and {row.original.others} more of the same actor</span>
        )}
      </>
    ),
  }),
  column.accessor('changes', {
    header: 'Changes',
    enableSorting: false,
    meta: { hideBelow: 'md' },
    cell: ({ getValue, row }) => (
      // Lines that are not wrapped would push the last column out of the window.
      <div className="max-w-88 2xl:max-w-xl">
        <ChangeList changes={getValue()} max={3} />
        {row.original.reason && <p className="truncate text-xs italic">{shownText(row.original.reason)}</p>}
      </div>
    ),
  }),
  column.accessor('at', {
    header: 'When',
    enableSorting: false,
    cell: ({ getValue }) => <TimeAgo at={getValue()} />,
  }),
  column.accessor('actorName', {
    header: 'Who',
    enableSorting: false,
    cell: ({ row }) => <span className="block max-w-40 truncate">{shownText(actorWords(row.original))}</span>,
  }),
  column.accessor('targetName', {
    header: 'Target',
    enableSorting: false,
    meta: { hideBelow: 'sm' },
    cell: ({ getValue }) => shownText(getValue()) ?? '–',
  }),
  column.accessor('ip', {
    header: 'IP',
    enableSorting: false,
    meta: { mono: true, hideBelow: 'lg' },
    cell: ({ getValue }) => shownText(getValue()) ?? '–',
  }),
])

/** The groups, and the one action that a link asked for. */
const actionOptions = (asked: string | undefined) => [
  ...groupOptions,
  ...(asked && !groupOptions.some(({ value }) => value === asked) ? [{ value: asked, label: actionTitle(asked) }] : []),
]
