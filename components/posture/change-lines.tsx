import { shownText } from '@/components/ui/shown'

/** A change of one field as text; null = nothing. */
export type ShownChange = { label: string; before: string | null; after: string | null }

/** Old → new of each field, with signs and words. */
export function ChangeLines({ changes }: { changes: readonly ShownChange[] }) {
  return (
    <ul className="grid gap-1 text-xs">
      {changes.map(({ label, before, after }) => (
        <li key={label} className="grid min-w-0 gap-x-2 sm:grid-cols-[max-content_minmax(0,1fr)]">
          <span className="text-muted-foreground">{shownText(label)}</span>
          <span className="grid min-w-0 font-mono">
            <Lines text={before} sign="−" word="before: " className="text-muted-foreground" />
            <Lines text={after} sign="+" word="after: " />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Lines({
  text,
  sign,
  word,
  className,
}: {
  text: string | null
  sign: string
  word: string
  className?: string
}) {
  if (text === null) return null
  return text.split('\n').map((line, at) => (
    <span key={at} className={className}>
      <span aria-hidden>{sign} </span>
      <span className="sr-only">{word}</span>
      <span className="break-all">{shownText(line)}</span>
    </span>
  ))
}
