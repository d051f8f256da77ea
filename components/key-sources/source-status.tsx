import { Badge, type BadgeTone } from '@/components/ui/badge'
import type { KeySourceSummary } from '@/lib/client/key-sources'

const looks: Record<KeySourceSummary['status'], { tone: BadgeTone; words: string }> = {
  unasked: { tone: 'skipped', words: 'Not asked yet' },
  ok: { tone: 'accepted', words: 'Answers' },
  'last-good': { tone: 'attention', words: 'Fails; last good keys in use' },
  down: { tone: 'refused', words: 'Fails; no keys' },
}

/** Status of a source. */
export function SourceStatus({ status }: { status: KeySourceSummary['status'] }) {
  const { tone, words } = looks[status]
  return (
    <Badge tone={tone} className="max-sm:h-auto max-sm:whitespace-normal">
      {words}
    </Badge>
  )
}
