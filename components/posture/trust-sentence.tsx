import { shownText } from '@/components/ui/shown'
import type { Severity } from '@/lib/trust/posture/finding'
import { strangerWords } from './posture-words'
import { SeverityChip } from './severity-chip'

/** What lists show of a trust's posture. */
export type PostureInShort = {
  sentence: string
  worst: Severity | null
  /** null where no story could be judged. */
  strangers: { admitted: number; total: number } | null
  /** Whether the stories are still being judged. */
  isPartial?: boolean
}

/** A trust in one sentence, with its worst finding and the strangers that get in. */
export function TrustSentence({ posture: { sentence, worst, strangers, isPartial } }: { posture: PostureInShort }) {
  return (
    <div className="grid gap-1 text-compact">
      <p className="break-words">{shownText(sentence)}</p>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <SeverityChip severity={worst} />
        <StrangersInShort strangers={strangers} isPartial={isPartial} />
      </p>
    </div>
  )
}

/** "strangers: 0 of 14"; nothing where no story could be judged. */
export function StrangersInShort({ strangers, isPartial = false }: Pick<PostureInShort, 'strangers' | 'isPartial'>) {
  if (isPartial) return <span className="whitespace-nowrap text-muted-foreground text-xs">strangers: being judged</span>
  const words = strangers && strangerWords(strangers)
  if (!strangers || words === null) return null
  return (
    <span title={words} className="whitespace-nowrap text-muted-foreground text-xs tabular-nums">
      strangers: {strangers.admitted} of {strangers.total}
    </span>
  )
}
