import { LoaderCircle } from 'lucide-react'
import { cn } from './cn'
import { shownText } from './shown'

/** Something is under way. With a `label` it speaks for itself; without one, its surroundings must say what is awaited. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 text-muted-foreground', className)}>
      <LoaderCircle aria-hidden className="size-4 animate-spin" />
      {label && <span>{shownText(label)}</span>}
    </span>
  )
}
