import { Badge } from '@/components/ui/badge'
import { counted } from '@/components/ui/counted'
import type { KeySourceSummary } from '@/lib/client/key-sources'

/** Number of alarms, red if one is critical; nothing for zero. */
export function AlarmBadge({ alarms }: { alarms: KeySourceSummary['alarms'] }) {
  if (alarms.length === 0) return null
  const isCritical = alarms.some(({ severity }) => severity === 'critical')
  return <Badge tone={isCritical ? 'refused' : 'attention'}>{counted(alarms.length, 'alarm')}</Badge>
}
