'use client'

import { Plus, SearchX, Stamp } from 'lucide-react'
import { useMemo } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar } from '@/components/ui/filter-bar'
import { Link } from '@/components/ui/link'
import { SearchBox } from '@/components/ui/search-box'
import { usePostureOfKind } from '@/lib/client/posture'
import { useCan } from '@/lib/client/session'
import { useAllTrusts } from '@/lib/client/trusts'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { cutText } from '@/lib/trust/cut-text'
import { issuerColumns } from './issuer-columns'
import { hasText, toIssuerRow } from './issuer-row'

/** Lists issuers, searched by the URL. */
export function IssuersPage() {
  const url = useUrlParameters()
  const search = cutText(url.get('search') ?? '', 200)
  const { data, error, refetch, isFetching } = useAllTrusts('issuer')
  const canWrite = useCan('write')
  const postures = usePostureOfKind('issuer')
  const rows = useMemo(
    () =>
      data
        ?.map(toIssuerRow)
        .filter((row) => hasText(row, search))
        .map((row) => ({ ...row, posture: postures && (postures.get(row.id) ?? []) })),
    [data, search, postures],
  )
  const clear = () => url.set({ search: null })

  const add = canWrite && (
    <Button asChild variant="primary">
      <Link href="/issuers/set-up">
        <Plus aria-hidden />
        Add issuer
      </Link>
    </Button>
  )

  return (
    <>
      <PageHeader
        title="Issuers"
        description="Issuers whose tokens carry roles and permissions, and the most they may grant."
        action={data?.length !== 0 && add}
      />
      <Card>
        <FilterBar onClear={search ? clear : null}>
          <SearchBox
            label="Search issuers"
            placeholder="Issuer or project"
            value={search}
            onChange={(text) => url.set({ search: text })}
          />
        </FilterBar>
        <DataTable
          caption="Issuers"
          columns={issuerColumns}
          rows={rows}
          rowId={({ id }) => id}
          rowHref={({ id }) => `/issuers/${id}`}
          sort={{ id: 'issuer', desc: false }}
          error={error}
          onRetry={() => refetch()}
          busy={isFetching}
          skeletonRows={4}
          empty={
            search ? (
              <EmptyState icon={SearchX} title="No issuer matches" action={<Button onClick={clear}>Show all</Button>}>
                Search by a part of the issuer or of its project, or by the whole id.
              </EmptyState>
            ) : (
              <EmptyState icon={Stamp} title="No issuers yet" action={add}>
                An issuer signs tokens that state the roles and permissions of their bearer. Add an issuer with its keys
                and the most it may grant. Its tokens can then be exchanged for access tokens at /auth/v1/tokens.
              </EmptyState>
            )
          }
        />
      </Card>
    </>
  )
}
