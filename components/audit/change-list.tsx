import { Shown } from '@/components/ui/shown'
import type { ChangeSentence } from '@/lib/model/change-sentences'

/** Changes in sentences, each with what it does to what is accepted where that is plain. */
export function ChangeList({ changes, max }: { changes: readonly ChangeSentence[]; max: number }) {
  if (changes.length === 0) return null
  const more = changes.length - max
  return (
    <ul className="max-w-xl text-muted-foreground text-xs">
      {changes.slice(0, max).map(({ text, effect }, at) => (
        <li key={at} className="truncate max-sm:whitespace-normal print:whitespace-normal">
          <Shown text={text} />
          {effect && <span className={effect === 'wider' ? 'text-attention' : undefined}> · {effect}</span>}
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  )
}
