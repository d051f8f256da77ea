import { Badge } from '@/components/ui/badge'
import type { KeySourceSummary } from '@/lib/client/key-sources'

/** Number of alarms, red if one is critical; nothing for zero. */
export function AlarmBadge({ alarms }: { alarms: KeySourceSummary['alarms'] }) {
  if (alarms.length === 0) return null
  const isCritical = alarms.some(({ severity }) => severity === 'critical')
  return (
    <Badge tone={isCritical ? 'refused' : 'attention'}>
      {alarms.length} {alarms.length === 1 ? 'alarm' : 'alarms'}
    </Badge>
  )
}
