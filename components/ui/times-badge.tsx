/** Number of events counted in one row: "×12"; nothing for one. */
export function TimesBadge({ repeats }: { repeats: number | null }) {
  if (!repeats) return null
  return (
    <span className="ml-1.5 text-muted-foreground text-xs tabular-nums">
      <span aria-hidden>×{(repeats + 1).toLocaleString('en')}</span>
      <span className="sr-only">, {(repeats + 1).toLocaleString('en')} times,</span>
    </span>
  )
}
