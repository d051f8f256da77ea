'use client'

import { KeyRound, SearchX } from 'lucide-react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card, Section } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar } from '@/components/ui/filter-bar'
import { Link } from '@/components/ui/link'
import { SearchBox } from '@/components/ui/search-box'
import { type KeySourceSummary, useKeySources } from '@/lib/client/key-sources'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { AlarmBadge } from './alarm-badge'
import { AlarmList, type ListedAlarm } from './alarm-list'
import { sourceColumns } from './source-columns'

/** Keeps the list in view. */
const shownMax = 8

/** Returns the alarms of sources, each source once. */
const alarmsOf = (sources: readonly KeySourceSummary[]): ListedAlarm[] =>
  [...new Map(sources.map((source) => [source.id, source])).values()].flatMap((source) =>
    source.alarms.map((alarm) => ({ ...alarm, source })),
  )

/** Lists key sources: status, use and alarms. */
export function KeySourcesPage() {
  const url = useUrlParameters()
  const search = url.get('search') ?? undefined
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } = useKeySources({
    search,
    strip: 'true',
  })
  const alarmed = useKeySources({ alarms: 'true' })
  const alarms = alarmsOf([...(alarmed.data?.sources ?? []), ...(data?.sources ?? [])])
  const clear = () => url.set({ search: null })
  const more = alarms.length - shownMax
  return (
    <>
      <PageHeader
        title="Key sources"
        status={<AlarmBadge alarms={alarms} />}
        description="Where the keys that verify tokens come from. Kept fresh in the background."
      />
      <div className="grid gap-4">
        {alarms.length > 0 && (
          <Section title="Alarms" description="Problems of key sources, and what to do." flush>
            <AlarmList alarms={alarms} max={shownMax} />
            {more > 0 && (
              <p className="border-t px-4 py-2 text-compact text-muted-foreground">
                {more === 1 ? 'One more alarm is' : `${more} more alarms are`} on the pages of the sources that the list
                marks.
              </p>
            )}
          </Section>
        )}
        <Card>
          <FilterBar onClear={search ? clear : null}>
            <SearchBox
              label="Search key sources"
              placeholder="URL or id"
              value={search ?? ''}
              onChange={(search) => url.set({ search })}
            />
          </FilterBar>
          <DataTable
            caption="Key sources"
            columns={sourceColumns}
            rows={data?.sources}
            rowId={({ id }) => id}
            rowHref={({ id }) => `/key-sources/${id}`}
            error={error}
            onRetry={() => refetch()}
            busy={isFetching}
            skeletonRows={4}
            pages={
              hasNextPage
                ? { kind: 'more', total: data?.total, onMore: () => fetchNextPage(), busy: isFetchingNextPage }
                : undefined
            }
            empty={
              search ? (
                <EmptyState
                  icon={SearchX}
                  title="No key source matches"
                  action={
                    hasNextPage ? (
                      <Button onClick={() => fetchNextPage()} busy={isFetchingNextPage}>
                        Search further
                      </Button>
                    ) : (
                      <Button onClick={clear}>Show all</Button>
                    )
                  }
                >
                  {data?.comparedRows
                    ? `Only ${data.comparedRows.toLocaleString('en')} sources were searched.`
                    : 'Search by a part of the URL, or by the whole id.'}
                </EmptyState>
              ) : (
                <EmptyState
                  icon={KeyRound}
                  title="No trust fetches keys yet"
                  action={
                    <Button asChild variant="primary">
                      <Link href="/identities">Choose an identity</Link>
                    </Button>
                  }
                >
                  Give an identity a trust with a JWKS URL or a discovery URL. Its key source is then monitored here.
                </EmptyState>
              )
            }
          />
        </Card>
      </div>
    </>
  )
}
