import { Skeleton } from '@/components/ui/skeleton'
import { worstSeverity } from './posture-words'
import { SeverityChip } from './severity-chip'
import { type PostureInShort, StrangersInShort } from './trust-sentence'

/** Worst finding and strangers of a row's trusts. undefined = not loaded yet; [] = none is judged. */
export function PostureCell({ trusts }: { trusts: readonly PostureInShort[] | undefined }) {
  if (!trusts) return <Skeleton className="h-3 w-20" />
  if (trusts.length === 0) return <span className="text-muted-foreground">–</span>
  const judged = trusts.flatMap(({ strangers }) => strangers ?? [])
  const sum = (name: 'admitted' | 'total') => judged.reduce((all, one) => all + one[name], 0)
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 py-1">
      <SeverityChip severity={worstSeverity(trusts.map(({ worst }) => worst))} />
      <StrangersInShort
        strangers={{ admitted: sum('admitted'), total: sum('total') }}
        isPartial={trusts.some((one) => one.isPartial)}
      />
    </span>
  )
}
