'use client'

import { DoorOpen, Plus, SearchX } from 'lucide-react'
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
import { providerColumns } from './provider-columns'
import { hasText, toProviderRow } from './provider-row'

/** Lists sign-in providers. */
export function ProvidersPage() {
  const url = useUrlParameters()
  const search = cutText(url.get('search') ?? '', 200)
  const { data, error, refetch, isFetching } = useAllTrusts('sign-in')
  const canWrite = useCan('write')
  const postures = usePostureOfKind('sign-in')
  const rows = useMemo(
    () =>
      data
        ?.map(toProviderRow)
        .filter((row) => hasText(row, search))
        .map((row) => ({ ...row, posture: postures && (postures.get(row.id) ?? []) })),
    [data, search, postures],
  )
  const clear = () => url.set({ search: null })

  const add = canWrite && (
    <Button asChild variant="primary">
      <Link href="/providers/set-up">
        <Plus aria-hidden />
        Add provider
      </Link>
    </Button>
  )

  return (
    <>
      <PageHeader
        title="Sign-in providers"
        description="People who sign in with a JWT from an application that has authenticated them."
        action={data?.length !== 0 && add}
      />
      <Card>
        <FilterBar onClear={search ? clear : null}>
          <SearchBox
            label="Search providers"
            placeholder="Name, issuer or gateway"
            value={search}
            onChange={(text) => url.set({ search: text })}
          />
        </FilterBar>
        <DataTable
          caption="Sign-in providers"
          columns={providerColumns}
          rows={rows}
          rowId={({ id }) => id}
          rowHref={({ id }) => `/providers/${id}`}
          sort={{ id: 'name', desc: false }}
          error={error}
          onRetry={() => refetch()}
          busy={isFetching}
          skeletonRows={3}
          empty={
            search ? (
              <EmptyState icon={SearchX} title="No provider matches" action={<Button onClick={clear}>Show all</Button>}>
                Search by a part of the name, of the issuer or of the gateway’s host, or by the whole id.
              </EmptyState>
            ) : (
              <EmptyState icon={DoorOpen} title="No sign-in provider yet" action={add}>
                A provider lets people sign in without a password: a gateway that has authenticated them sends their
                browser here with a JWT. Configure here whose JWTs are accepted. Each provider is a button on the
                sign-in page.
              </EmptyState>
            )
          }
        />
      </Card>
    </>
  )
}
