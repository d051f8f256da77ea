import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { Incident } from '@/lib/client/incidents'

const looks: Record<Incident['state'], { word: string; tone: BadgeTone }> = {
  open: { word: 'Open', tone: 'attention' },
  acknowledged: { word: 'Acknowledged', tone: 'accent' },
  resolved: { word: 'Resolved', tone: 'accepted' },
}

/** State of an incident, as icon and word. */
export const IncidentStateBadge = ({ state }: Pick<Incident, 'state'>) => (
  <Badge tone={looks[state].tone}>{looks[state].word}</Badge>
)
