import { storedOr, storedOrNull } from '@/lib/db/stored-json'
import { incidentSeverityOf } from '@/lib/model/alarm'
import { Addresses, IncidentChange, IncidentState, incidentGapMs, Spark } from '@/lib/model/incident'
import type { IncidentRow } from './incident-batch'

/** An incident as it is answered. A column that cannot be read is shown as empty; a state that is none, as open. */
export function toIncident(row: IncidentRow, now: Date) {
  const { groupKey: _, changesDueAt: __, announceAt: ___, stateVersion, ...rest } = row
  const state = IncidentState.safeParse(row.state)
  return {
    ...rest,
    severity: incidentSeverityOf(row),
    state: state.success ? state.data : ('open' as const),
    version: stateVersion,
    addresses: storedOr(row.addresses, Addresses, { listed: [], isMore: true }),
    spark: storedOrNull(row.spark, Spark),
    lastChange: storedOrNull(row.lastChange, IncidentChange),
    /** A further refusal would still be counted in it. */
    isGoingOn: row.state !== 'resolved' && now.getTime() - row.at.getTime() <= incidentGapMs,
  }
}
export type IncidentView = ReturnType<typeof toIncident>
