import {
  CircleCheck,
  CircleX,
  KeyRound,
  type LucideIcon,
  Minus,
  Plus,
  RotateCcw,
  ShieldAlert,
  TriangleAlert,
} from 'lucide-react'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { KeySourceEvent } from '@/lib/client/key-sources'

const icons: Record<string, LucideIcon> = {
  reached: CircleCheck,
  failed: CircleX,
  recovered: RotateCcw,
  'key-added': Plus,
  'key-removed': Minus,
  'key-changed': ShieldAlert,
  'jwks-uri-moved': TriangleAlert,
  'issuer-changed': TriangleAlert,
  'certificate-changed': ShieldAlert,
}
const inks: Record<string, string> = {
  failed: 'text-refused',
  'key-changed': 'text-attention',
  'jwks-uri-moved': 'text-attention',
  'issuer-changed': 'text-attention',
}

/** Lists the events of a source. */
export function SourceTimeline({ events }: { events: readonly KeySourceEvent[] }) {
  if (events.length === 0) {
    return <p className="px-4 py-6 text-center text-muted-foreground">Nothing has happened yet.</p>
  }
  return (
    <ol className="divide-y">
      {events.map(({ id, at, kind, message }) => {
        const Icon = icons[kind] ?? KeyRound
        return (
          <li key={id} className="flex items-start gap-2.5 px-4 py-2">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${inks[kind] ?? 'text-muted-foreground'}`} />
            <span className="min-w-0 flex-1 break-words">{shownText(message)}</span>
            <TimeAgo at={at} className="text-compact text-muted-foreground" />
          </li>
        )
      })}
    </ol>
  )
}
