import { CircleCheck, CircleX, type LucideIcon, Minus, TriangleAlert } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import type { CheckStatus } from '@/lib/trust/verdict'

const looks: Record<CheckStatus, { icon: LucideIcon; ink: string; word: string }> = {
  pass: { icon: CircleCheck, ink: 'text-accepted', word: 'Pass' },
  fail: { icon: CircleX, ink: 'text-refused', word: 'Fail' },
  warn: { icon: TriangleAlert, ink: 'text-attention', word: 'Warning' },
  skipped: { icon: Minus, ink: 'text-muted-foreground', word: 'Skipped' },
}

/** A check's status as an icon with its word: shown with `withWord`, read aloud without. */
export function StatusIcon({ status, withWord = false }: { status: CheckStatus; withWord?: boolean }) {
  const { icon: Icon, ink, word } = looks[status]
  return (
    <span className={cn('inline-flex shrink-0 items-center gap-1 font-medium text-xs', ink)}>
      <Icon aria-hidden className="size-4" />
      <span className={withWord ? undefined : 'sr-only'}>{word}</span>
    </span>
  )
}
