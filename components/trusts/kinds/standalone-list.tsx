'use client'

import { type LucideIcon, Plus, SearchX } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import type { DataTableColumns } from '@/components/ui/data-table-columns'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar } from '@/components/ui/filter-bar'
import { Link } from '@/components/ui/link'
import { SearchBox } from '@/components/ui/search-box'
import { type PostureTrust, usePostureOfKind } from '@/lib/client/posture'
import { useCan } from '@/lib/client/session'
import { type StoredTrust, useAllTrusts } from '@/lib/client/trusts'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { cutText } from '@/lib/trust/cut-text'
import type { StandaloneKind } from '@/lib/trust/kinds'

export type StandaloneRow<Row> = Row & { posture: readonly PostureTrust[] | undefined }

/** Lists the trusts of a standalone kind, searched by the URL. */
export function StandaloneList<Row extends { id: string }>({
  kind,
  href,
  one,
  title,
  description,
  search: { placeholder, help },
  columns,
  sortedBy,
  toRow,
  hasText,
  none,
}: {
  kind: StandaloneKind
  /** Path of the list. */
  href: string
  /** Noun of a row: "issuer". */
  one: string
  title: string
  description: string
  search: { placeholder: string; help: string }
  columns: DataTableColumns<StandaloneRow<Row>>
  /** Id of the column by which the list is sorted at first. */
  sortedBy: string
  toRow: (trust: StoredTrust) => Row
  hasText: (row: Row, search: string) => boolean
  /** Shown where there is none yet. */
  none: { icon: LucideIcon; title: string; children: ReactNode }
}) {
  const url = useUrlParameters()
  const search = cutText(url.get('search') ?? '', 200)
  const { data, error, refetch, isFetching } = useAllTrusts(kind)
  const canWrite = useCan('write')
  const postures = usePostureOfKind(kind)
  const rows = useMemo(
    () =>
      data
        ?.map(toRow)
        .filter((row) => hasText(row, search))
        .map((row) => ({ ...row, posture: postures && (postures.get(row.id) ?? []) })),
    [data, search, postures, toRow, hasText],
  )
  const clear = () => url.set({ search: null })
  const add = canWrite && (
    <Button asChild variant="primary">
      <Link href={`${href}/set-up`}>
        <Plus aria-hidden />
        Add {one}
      </Link>
    </Button>
  )
  return (
    <>
      <PageHeader title={title} description={description} action={data?.length !== 0 && add} />
      <Card>
        <FilterBar onClear={search ? clear : null}>
          <SearchBox
            label={`Search ${one}s`}
            placeholder={placeholder}
            value={search}
            onChange={(text) => url.set({ search: text })}
          />
        </FilterBar>
        <DataTable
          caption={title}
          columns={columns}
          rows={rows}
          rowId={({ id }) => id}
          rowHref={({ id }) => `${href}/${id}`}
          sort={{ id: sortedBy, desc: false }}
          error={error}
          onRetry={() => refetch()}
          busy={isFetching}
          skeletonRows={4}
          empty={
            search ? (
              <EmptyState icon={SearchX} title={`No ${one} matches`} action={<Button onClick={clear}>Show all</Button>}>
                {help}
              </EmptyState>
            ) : (
              <EmptyState action={add} {...none} />
            )
          }
        />
      </Card>
    </>
  )
}
