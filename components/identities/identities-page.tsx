'use client'

import { Fingerprint, Plus, SearchX } from 'lucide-react'
import { useState } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar'
import { SearchBox } from '@/components/ui/search-box'
import { useIdentities } from '@/lib/client/identities'
import { useCan } from '@/lib/client/session'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { roles } from '@/lib/trust/role'
import { identityColumns } from './identity-columns'
import { IdentityDialog } from './identity-dialog'
import { offsetMax, pageSize, toIdentityQuery } from './identity-query'

/** Lists identities: searched, sorted and paged by the URL. */
export function IdentitiesPage() {
  const url = useUrlParameters()
  const query = toIdentityQuery(url.get)
  const { data, error, refetch, isFetching } = useIdentities(query)
  const canWrite = useCan('write')
  const [creating, setCreating] = useState(false)

  const filtered = Boolean(query.search || query.role)
  const clear = () => url.set({ search: null, role: null, page: null })
  const page = query.offset / pageSize
  const total = data?.total ?? 0
  const turnTo = (next: number) => () => url.set({ page: next === 0 ? null : String(next + 1) }, 'push')

  const create = canWrite && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create identity
    </Button>
  )

  return (
    <>
      <PageHeader
        title="Identities"
        description="Machines that log in, each with its role and methods."
        action={create}
      />
      <Card>
        <FilterBar onClear={filtered ? clear : null}>
          <SearchBox
            label="Search identities"
            placeholder="Name or id"
            value={query.search ?? ''}
            onChange={(search) => url.set({ search, page: null })}
          />
          <FilterSelect
            label="Role"
            any="All roles"
            options={roles.map((role) => ({ value: role, label: role }))}
            value={query.role ?? null}
            onChange={(role) => url.set({ role, page: null })}
          />
        </FilterBar>
        <DataTable
          caption="Identities"
          columns={identityColumns}
          rows={data?.identities}
          rowId={(identity) => identity.id}
          rowHref={(identity) => `/identities/${identity.id}`}
          error={error}
          onRetry={() => refetch()}
          busy={isFetching}
          sort={{ id: query.sort, desc: query.direction === 'desc' }}
          onSortChange={(sort) =>
            url.set({ sort: sort?.id ?? null, direction: sort?.desc ? 'desc' : null, page: null })
          }
          pages={
            total > pageSize
              ? {
                  kind: 'pages',
                  total,
                  isMore: data?.isMore,
                  busy: isFetching,
                  onPrevious: page > 0 ? turnTo(page - 1) : null,
                  onNext: query.offset + pageSize < Math.min(total, offsetMax) ? turnTo(page + 1) : null,
                }
              : undefined
          }
          empty={
            filtered || page > 0 ? (
              <EmptyState icon={SearchX} title="No identity matches" action={<Button onClick={clear}>Show all</Button>}>
                {data?.comparedRows
                  ? `Only the first ${data.comparedRows.toLocaleString('en')} were compared with this. Search by the whole id, or sort by name and choose a role.`
                  : 'Search by a part of the name, or by the whole id.'}
              </EmptyState>
            ) : (
              <EmptyState icon={Fingerprint} title="No identities yet" action={create}>
                An identity is a machine that logs in: a pipeline, a service, a cluster. Create one, then say whose
                tokens it may log in with.
              </EmptyState>
            )
          }
        />
      </Card>
      <IdentityDialog open={creating} onOpenChange={setCreating} />
    </>
  )
}
