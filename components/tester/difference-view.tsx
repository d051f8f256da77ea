import { Shown } from '@/components/ui/shown'
import { visibleText } from '@/lib/trust/unseen'
import type { DifferencePart } from './text-difference'
import { nearestDifference } from './text-difference'

/** Expected and received value; where they nearly agree, differing characters are marked. */
export function DifferenceView({ expected, received }: { expected?: string; received?: string }) {
  if (expected === undefined && received === undefined) return null
  const near = expected !== undefined && received !== undefined ? nearestDifference(expected, received) : null
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-compact">
      {expected !== undefined && (
        <>
          <dt className="text-muted-foreground">expected</dt>
          <dd className="break-words font-mono">
            <Shown text={expected} />
          </dd>
        </>
      )}
      {received !== undefined && (
        <>
          <dt className="text-muted-foreground">received</dt>
          <dd className="break-words font-mono">
            <Shown text={received} />
          </dd>
        </>
      )}
      {near && (
        <>
          <dt className="text-muted-foreground">difference</dt>
          <dd className="grid break-all font-mono">
            <Marked parts={near.expected} word="expected" />
            <Marked parts={near.received} word="received" />
          </dd>
        </>
      )}
    </dl>
  )
}

/** Marked by a box with an underline, not by colour alone. */
function Marked({ parts, word }: { parts: readonly DifferencePart[]; word: string }) {
  return (
    <span>
      <span className="sr-only">{word}: </span>
      {parts.map(({ text, differs }, at) =>
        differs ? (
          <mark key={at} className="rounded-sm bg-attention-subtle px-0.5 text-attention underline underline-offset-2">
            <Shown text={text} />
          </mark>
        ) : (
          <span key={at}>{visibleText(text)}</span>
        ),
      )}
    </span>
  )
}
