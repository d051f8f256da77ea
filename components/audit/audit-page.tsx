'use client'

import { ScrollText, SearchX } from 'lucide-react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { columnsOf } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar, FilterDay, FilterSelect } from '@/components/ui/filter-bar'
import { NothingSoFar } from '@/components/ui/looked-back'
import { SearchBox } from '@/components/ui/search-box'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { TimesBadge } from '@/components/ui/times-badge'
import { type AuditSummary, useAuditEntries } from '@/lib/client/audit'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { actionTitle } from '@/lib/model/audit-actions'
import { actorOptions, actorWords, groupOptions } from './action-words'
import { auditParameters, toAuditFilter } from './audit-filter'

/** Every act and sign-in, filtered by the URL. */
export function AuditPage() {
  const url = useUrlParameters()
  const filter = toAuditFilter(url.get)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isFetching } = useAuditEntries(filter)
  const filtered = Object.values(filter).some((value) => value !== undefined)
  const clear = () => url.set(Object.fromEntries(auditParameters.map((name) => [name, null])))

  return (
    <>
      <PageHeader
        title="Audit"
        description="Every change and sign-in: who, what, when, and what was before and after."
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
            any="Everything"
            options={actionOptions(filter.action)}
            value={filter.action ?? null}
            onChange={(action) => url.set({ action })}
          />
          <FilterSelect
            label="Who acted"
            any="Everybody"
            options={actorOptions}
            value={filter.actorKind ?? null}
            onChange={(actor) => url.set({ actor })}
          />
          <FilterSelect
            label="Belongs to"
            any="This organization"
            options={[{ value: 'none', label: 'Unknown people' }]}
            value={filter.owner ?? null}
            onChange={(owner) => url.set({ owner })}
          />
          <FilterDay label="From (UTC)" value={url.get('from')} onChange={(from) => url.set({ from })} />
          <FilterDay label="To (UTC)" value={url.get('to')} onChange={(to) => url.set({ to })} />
        </FilterBar>
        <DataTable
          caption="Audit entries"
          columns={columns}
          rows={data?.rows}
          rowId={(entry) => entry.id}
          rowHref={(entry) => `/audit/${entry.id}`}
          error={error}
          onRetry={() => refetch()}
          busy={isFetching}
          pages={{
            kind: 'more',
            onMore: hasNextPage ? () => fetchNextPage() : null,
            busy: isFetchingNextPage,
            lookedBackTo: data?.lookedBackTo,
          }}
          empty={
            data?.lookedBackTo ? (
              <NothingSoFar lookedBackTo={data.lookedBackTo} onMore={() => fetchNextPage()} busy={isFetchingNextPage} />
            ) : filtered ? (
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
    </>
  )
}

const column = columnsOf<AuditSummary>()

const columns = column.columns([
  column.accessor('action', {
    header: 'Act',
    enableSorting: false,
    cell: ({ getValue, row }) => (
      <>
        {actionTitle(getValue())}
        <TimesBadge repeats={row.original.repeats} />
      </>
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
