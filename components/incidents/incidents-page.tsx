'use client'

import { BellOff, SearchX } from 'lucide-react'
import { IdentityChip } from '@/components/layout/filter-chip'
import { PageHeader } from '@/components/layout/page-header'
import { ReasonFilter } from '@/components/layout/reason-filter'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar'
import { LogTable } from '@/components/ui/log-table'
import { type IncidentFilter, useIncidents } from '@/lib/client/incidents'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { alarmReasons } from '@/lib/model/alarm'
import { custodyReasons } from '@/lib/model/custody'
import { incidentStates } from '@/lib/model/incident-facts'
import { incidentColumns } from './incident-columns'

const parameters = ['state', 'reason', 'owner', 'identity'] as const

/** Refusals grouped by cause, identity or issuer, and time; filtered by the URL. */
export function IncidentsPage() {
  const url = useUrlParameters()
  const filter = toFilter(url.get)
  const filtered = Object.values(filter).some((value) => value !== undefined)
  const clear = () => url.set(Object.fromEntries(parameters.map((name) => [name, null])))
  const log = useIncidents(filter)
  return (
    <>
      <PageHeader
        title="Incidents"
        description="Refused logins with one cause, grouped by identity or issuer, and accepted logins that raise an alarm. A gap of 30 hours begins a new incident."
      />
      <Card>
        <FilterBar onClear={filtered ? clear : null}>
          <FilterSelect
            label="State"
            any="All states"
            options={stateOptions}
            value={filter.state ?? null}
            onChange={(state) => url.set({ state })}
          />
          <ReasonFilter
            reason={filter.reason}
            more={[...alarmReasons, ...custodyReasons]}
            onChange={(reason) => url.set({ reason })}
          />
          <FilterSelect
            label="At"
            any="Known identities"
            options={[{ value: 'none', label: 'Attempts that match no identity' }]}
            value={filter.owner ?? null}
            onChange={(owner) => url.set({ owner })}
          />
          {filter.identityId && <IdentityChip id={filter.identityId} onRemove={() => url.set({ identity: null })} />}
        </FilterBar>
        <LogTable
          caption="Incidents"
          columns={incidentColumns}
          log={log}
          rows={log.data?.rows}
          rowId={({ id }) => id}
          rowHref={({ id }) => `/incidents/${id}`}
          empty={
            filtered ? (
              <EmptyState icon={SearchX} title="No incident matches" action={<Button onClick={clear}>Show all</Button>}>
                Incidents are kept as long as the refusals that they are made of.
              </EmptyState>
            ) : (
              <EmptyState icon={BellOff} title="No incidents">
                Refused logins with one cause at one identity are shown here as one line, with what changed before the
                first.
              </EmptyState>
            )
          }
        />
      </Card>
    </>
  )
}

function toFilter(get: (name: string) => string | null): IncidentFilter {
  const state = incidentStates.find((one) => one === get('state'))
  const [reason, identity] = [get('reason'), get('identity')]
  return {
    ...(state && { state }),
    ...(reason && { reason: reason.slice(0, 100) }),
    ...(get('owner') === 'none' && { owner: 'none' as const }),
    ...(identity && { identityId: identity }),
  }
}

const stateOptions = [
  { value: 'open', label: 'Open' },
  { value: 'acknowledged', label: 'Acknowledged' },
  { value: 'resolved', label: 'Resolved' },
]
