'use client'

import { Activity, SearchX } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { ExportMenu } from '@/components/layout/export-menu'
import { FilterChip, IdentityChip } from '@/components/layout/filter-chip'
import { PageHeader } from '@/components/layout/page-header'
import { ReasonFilter } from '@/components/layout/reason-filter'
import { SavedViews } from '@/components/layout/saved-views'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar, FilterDays, FilterSelect } from '@/components/ui/filter-bar'
import { lazyPart } from '@/components/ui/lazy-part'
import { SearchBox } from '@/components/ui/search-box'
import { Skeleton } from '@/components/ui/skeleton'
import { decisionExports, evidencePackExport } from '@/lib/client/exports'
import { useTrustName } from '@/lib/client/trust-names'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { methodName } from '@/lib/client/words'
import { kindNames } from '@/lib/trust/kinds/outline'
import { decisionColumns } from './decision-columns'
import { countsByDay, decisionParameters, toDecisionFilter } from './decision-filter'
import { DecisionList } from './decision-list'

// Loaded with what it shows.
const aboveLogins = lazyPart(() => import('./above-logins').then((module) => module.AboveLogins))

/** Login decisions, filtered by the URL. */
export function ActivityPage() {
  const url = useUrlParameters()
  const filter = toDecisionFilter(url.get)
  const filtered = Object.values(filter).some((value) => value !== undefined)
  // A filter that is set later moves no list.
  const [hasIncidents] = useState(!filtered)
  // All is shown in the same moment, so that the list has its place from the first; a failure holds nothing back.
  const [isHeld, setIsHeld] = useState(true)
  const [, setIsLoaded] = useState(false)
  const release = useCallback(() => setIsHeld(false), [])
  useEffect(() => {
    aboveLogins.load().then(() => setIsLoaded(true), release)
  }, [release])
  const AboveLogins = aboveLogins.current()
  const range = ranges.find(({ value }) => dayBefore(value) === url.get('from') && !url.get('to'))?.value
  const areDays = range === undefined && Boolean(url.get('from') || url.get('to'))
  const clear = () => url.set(Object.fromEntries(decisionParameters.map((name) => [name, null])))

  return (
    <>
      <PageHeader
        title="Activity"
        description="Every accepted and refused login, with the checks that decided it."
        action={<ExportMenu choices={[...decisionExports(filter), evidencePackExport()]} />}
      />
      {isHeld && <PageSkeleton hasIncidents={hasIncidents} hasDays={countsByDay(filter)} />}
      {AboveLogins && <AboveLogins filter={filter} hasIncidents={hasIncidents} onKnown={release} />}
      <div hidden={isHeld}>
        <Card>
          <FilterBar onClear={filtered ? clear : null}>
            <SearchBox
              label="Search decisions"
              placeholder="Request id, identity, issuer, subject or IP"
              value={filter.search ?? ''}
              onChange={(search) => url.set({ search })}
            />
            <FilterSelect
              label="Outcome"
              any="All outcomes"
              options={outcomes}
              value={url.get('outcome')}
              onChange={(outcome) => url.set({ outcome })}
            />
            <FilterSelect
              label="Method"
              any="All methods"
              options={methodOptions}
              value={filter.method ?? null}
              onChange={(method) => url.set({ method })}
            />
            <ReasonFilter reason={filter.reason} onChange={(reason) => url.set({ reason })} />
            <FilterSelect
              label="At"
              any="Known identities"
              options={[{ value: 'none', label: 'Unknown identities and issuers' }]}
              value={filter.owner ?? null}
              onChange={(owner) => url.set({ owner })}
            />
            <FilterSelect
              label="Range"
              any="Any time"
              options={[...ranges, { value: chosenDays, label: 'Between two days' }]}
              value={areDays ? chosenDays : (range ?? null)}
              onChange={(days) => {
                if (days === chosenDays) return url.set({ from: dayBefore('6'), to: dayBefore('0') })
                url.set({ from: days && dayBefore(days), to: null })
              }}
            />
            {areDays && <FilterDays from={url.get('from')} to={url.get('to')} onChange={url.set} />}
            <SavedViews page="activity" />
            {filter.kid && <FilterChip of="Key" name={filter.kid} onRemove={() => url.set({ kid: null })} />}
            {filter.identityId && <IdentityChip id={filter.identityId} onRemove={() => url.set({ identity: null })} />}
            {filter.trustId && <TrustChip id={filter.trustId} onRemove={() => url.set({ trust: null })} />}
          </FilterBar>
          <DecisionList
            filter={filter}
            columns={decisionColumns}
            empty={
              filtered ? (
                <EmptyState icon={SearchX} title="No login matches" action={<Button onClick={clear}>Show all</Button>}>
                  Names, issuers and subjects match by a part; a request id, IP or token SHA-256 must be whole.
                </EmptyState>
              ) : (
                <EmptyState icon={Activity} title="No logins yet">
                  When a machine logs in, the decision is listed here with every check, whether the login was accepted
                  or refused.
                </EmptyState>
              )
            }
          />
        </Card>
      </div>
    </>
  )
}

/** A block for each that comes. */
const PageSkeleton = ({ hasIncidents, hasDays }: { hasIncidents: boolean; hasDays: boolean }) => (
  <div className="grid gap-4">
    {hasIncidents && <Skeleton className="h-38 rounded-lg" />}
    {hasDays && <Skeleton className="h-44 rounded-lg" />}
    <Skeleton className="h-96 rounded-lg" />
  </div>
)

const TrustChip = ({ id, onRemove }: { id: string; onRemove: () => void }) => (
  <FilterChip of="Trust" name={useTrustName(id) ?? id.slice(0, 8)} onRemove={onRemove} />
)

const outcomes = [
  { value: 'accepted', label: 'Accepted' },
  { value: 'refused', label: 'Refused' },
]

const chosenDays = 'days'

/** Whole days in UTC, today included, by the number of days before today. */
const ranges = [
  { value: '0', label: 'Today' },
  { value: '6', label: 'Last 7 days' },
  { value: '29', label: 'Last 30 days' },
  { value: '89', label: 'Last 90 days' },
]
const dayMs = 24 * 3600 * 1000
const dayBefore = (days: string) => new Date(Date.now() - Number(days) * dayMs).toISOString().slice(0, 10)

const methodOptions = kindNames.map((value) => ({ value, label: methodName(value) }))
