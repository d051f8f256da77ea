import { Badge } from '@/components/ui/badge'
import { counted } from '@/components/ui/counted'
import { Link } from '@/components/ui/link'
import { Shown } from '@/components/ui/shown'
import type { KeySourceSummary } from '@/lib/client/key-sources'
import { groupAlarms } from './group-alarms'

/** An alarm, with its source in lists of several sources. */
export type ListedAlarm = KeySourceSummary['alarms'][number] & { source?: Pick<KeySourceSummary, 'id' | 'url'> }

const words = {
  critical: { tone: 'refused', title: 'Critical' },
  warning: { tone: 'attention', title: 'Warning' },
} as const

/** Lists alarms by severity, worst first, each with advice; at most `max`. */
export function AlarmList({ alarms, max }: { alarms: readonly ListedAlarm[]; max?: number }) {
  return (
    <div className="divide-y">
      {groupAlarms(alarms, max).map((group) => (
        <div key={group.severity}>
          <h3 className="flex items-center gap-2 px-4 pt-3 text-compact text-muted-foreground">
            <Badge tone={words[group.severity].tone}>{words[group.severity].title}</Badge>
            {counted(group.count, 'alarm')}
          </h3>
          <ul className="divide-y">
            {group.alarms.map((alarm) => (
              <AlarmItem key={`${alarm.source?.id} ${alarm.id} ${alarm.message}`} {...alarm} />
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

const AlarmItem = ({ source, message, fix }: ListedAlarm) => (
  <li className="grid min-w-0 gap-0.5 px-4 py-3">
    {source && (
      <Link
        href={`/key-sources/${source.id}`}
        className="truncate font-mono text-compact underline underline-offset-2 hover:text-accent-text"
      >
        <Shown text={source.url} />
      </Link>
    )}
    <p className="break-words font-medium">
      <Shown text={message} />
    </p>
    <p className="break-words text-muted-foreground">
      <Shown text={fix} />
    </p>
  </li>
)
