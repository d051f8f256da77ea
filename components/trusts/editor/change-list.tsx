import { shownText } from '@/components/ui/shown'
import type { TrustChange } from '../form/diff-trust'

/** Lists changes field by field, before and after, with signs and words. */
export function ChangeList({ changes }: { changes: readonly TrustChange[] }) {
  return (
    <dl className="divide-y rounded-md border text-compact">
      {changes.map(({ label, before, after }) => (
        <div key={label} className="grid gap-1 px-3 py-2 sm:grid-cols-[10rem_minmax(0,1fr)] sm:gap-4">
          <dt className="break-words font-medium">{label}</dt>
          <dd className="grid min-w-0 gap-0.5 font-mono">
            {before !== null && (
              <del className="grid text-muted-foreground no-underline">
                <span className="sr-only">before: </span>
                <Lines text={before} sign="−" />
              </del>
            )}
            {after !== null ? (
              <ins className="grid no-underline">
                <span className="sr-only">after: </span>
                <Lines text={after} sign="+" />
              </ins>
            ) : (
              <span className="font-sans text-muted-foreground">removed</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const Lines = ({ text, sign }: { text: string; sign: string }) =>
  text.split('\n').map((line, at) => (
    <span key={at} className="break-words">
      <span aria-hidden>{sign} </span>
      {shownText(line)}
    </span>
  ))
