import { Badge } from '@/components/ui/badge'
import type { KeySourceSummary } from '@/lib/client/key-sources'

/** What somebody should look at, the gravest first, each with what to do. */
export function AlarmList({ alarms }: { alarms: KeySourceSummary['alarms'] }) {
  return (
    <ul className="divide-y">
      {alarms.map(({ id, severity, message, fix }) => (
        <li key={`${id} ${message}`} className="flex items-start gap-3 px-4 py-3">
          <Badge tone={severity === 'critical' ? 'refused' : 'attention'} className="mt-0.5">
            {severity === 'critical' ? 'Critical' : 'Warning'}
          </Badge>
          <div className="grid min-w-0 gap-0.5">
            <p className="break-words font-medium">{message}</p>
            <p className="break-words text-muted-foreground">{fix}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
