import { SeverityChip } from '@/components/posture/severity-chip'
import type { Incident } from '@/lib/client/incidents'

/** Says which incidents matter most; the others are refusals, and carry none. */
export function IncidentSeverityChip({ incident: { severity } }: { incident: Pick<Incident, 'severity'> }) {
  return severity === 'medium' ? null : <SeverityChip severity={severity} />
}
