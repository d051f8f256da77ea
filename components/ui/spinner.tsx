import { LoaderCircle } from 'lucide-react'
import { cn } from './cn'
import { shownText } from './shown'

/** Spinner. With a `label` it is announced; without one, its surroundings must say what is loading. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 text-muted-foreground', className)}>
      <LoaderCircle aria-hidden className="size-4 animate-spin" />
      {label && <span>{shownText(label)}</span>}
    </span>
  )
}
