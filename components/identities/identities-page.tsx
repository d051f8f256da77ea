'use client'

import { Fingerprint, Plus, SearchX } from 'lucide-react'
import { PageHeader } from '@/components/layout/page-header'
import { severityWord } from '@/components/posture/severity-chip'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar'
import { Link } from '@/components/ui/link'
import { onDemand } from '@/components/ui/on-demand'
import { SearchBox } from '@/components/ui/search-box'
import type { SelectOption } from '@/components/ui/select'
import { useFrozenTrusts } from '@/lib/client/frozen-trusts'
import { useIdentities } from '@/lib/client/identities'
import { usePostureOfIdentities } from '@/lib/client/posture'
import { useCan } from '@/lib/client/session'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { methodName } from '@/lib/client/words'
import { severities } from '@/lib/trust/posture/finding'
import { roles } from '@/lib/trust/role'
import { identityColumns } from './identity-columns'
import { identityFilters, loginMethods, offsetMax, pageSize, toIdentityQuery } from './identity-query'

// Its form is loaded when it is opened.
const IdentityDialog = onDemand(() => import('./identity-dialog').then((module) => module.IdentityDialog))

const roleOptions = roles.map((role) => ({ value: role, label: role }))
const methodOptions = loginMethods.map((value) => ({ value, label: methodName(value) }))
const severityOptions = severities.map((value) => ({ value, label: severityWord(value) }))
const lastLoginOptions = [
  { value: 'within-7-days', label: 'In the last 7 days' },
  { value: 'over-30-days', label: 'None for 30 days' },
  { value: 'over-90-days', label: 'None for 90 days' },
  { value: 'never', label: 'Never' },
]

/** Lists identities: searched, sorted and paged by the URL. */
export function IdentitiesPage() {
  const url = useUrlParameters()
  const query = toIdentityQuery(url.get)
  const { data, error, refetch, isFetching } = useIdentities(query)
  const canWrite = useCan('write')
  const postures = usePostureOfIdentities(data?.identities.map(({ id }) => id) ?? [])
  const { data: frozen = [] } = useFrozenTrusts()
  const rows = data?.identities.map((identity) => ({
    ...identity,
    posture: postures && (postures.get(identity.id) ?? []),
    isFrozen: frozen.some(({ identityId }) => identityId === identity.id),
  }))
  const creating = canWrite && url.get('new') !== null
  const setCreating = (open: boolean) => url.set({ new: open ? '1' : null })

  const filtered = identityFilters.some((name) => query[name] !== undefined)
  const clear = () => url.set({ ...Object.fromEntries(identityFilters.map((name) => [name, null])), page: null })
  const filter = (name: (typeof identityFilters)[number], any: string, options: readonly SelectOption[]) => ({
    ...{ any, options, value: query[name] ?? null },
    onChange: (value: string | null) => url.set({ [name]: value, page: null }),
  })
  const page = query.offset / pageSize
  const total = data?.total ?? 0
  const turnTo = (next: number) => () => url.set({ page: next === 0 ? null : String(next + 1) }, 'push')

  const guided = (
    <Button asChild variant="primary">
      <Link href="/identities/new">Set up a login</Link>
    </Button>
  )
  const create = canWrite && (
    <>
      <Button onClick={() => setCreating(true)}>
        <Plus aria-hidden />
        Create identity
      </Button>
      {/* An empty list offers it itself. */}
      {(filtered || total > 0 || !data) && guided}
    </>
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
          <SearchBox
            label="Issuer"
            placeholder="Issuer"
            className="max-sm:col-span-2 sm:max-w-56"
            value={query.issuer ?? ''}
            onChange={(issuer) => url.set({ issuer, page: null })}
          />
          <FilterSelect label="Role" {...filter('role', 'All roles', roleOptions)} />
          <FilterSelect label="Method" {...filter('method', 'All methods', methodOptions)} />
          <FilterSelect label="Finding" {...filter('severity', 'All findings', severityOptions)} />
          <FilterSelect label="Last login" {...filter('lastLogin', 'Any last login', lastLoginOptions)} />
        </FilterBar>
        <DataTable
          caption="Identities"
          columns={identityColumns}
          rows={rows}
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
                  ? `Only the first ${data.comparedRows.toLocaleString('en')} were searched. Search by the whole id, or sort by name and choose a role.`
                  : 'Search by a part of the name, or by the whole id.'}
              </EmptyState>
            ) : (
              <EmptyState icon={Fingerprint} title="No identities yet" action={canWrite && guided}>
                An identity is a machine that logs in: a pipeline, a service or a cluster. Set up what logs in, and
                whose tokens it uses.
              </EmptyState>
            )
          }
        />
      </Card>
      {creating && <IdentityDialog open onOpenChange={setCreating} />}
    </>
  )
}
