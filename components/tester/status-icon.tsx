import { CircleCheck, CircleX, type LucideIcon, Minus, TriangleAlert } from 'lucide-react'
import { cn } from '@/components/ui/cn'
import type { CheckStatus } from '@/lib/trust/engine/verdict'

const looks: Record<CheckStatus, { icon: LucideIcon; ink: string; word: string }> = {
  pass: { icon: CircleCheck, ink: 'text-accepted', word: 'Pass' },
  fail: { icon: CircleX, ink: 'text-refused', word: 'Fail' },
  warn: { icon: TriangleAlert, ink: 'text-attention', word: 'Warning' },
  skipped: { icon: Minus, ink: 'text-muted-foreground', word: 'Skipped' },
}

/** Status of a check as an icon with accessible text. Checks that rest on a failed one are grey. */
export function StatusIcon({ status, trusted = true }: { status: CheckStatus; trusted?: boolean }) {
  const { icon: Icon, ink, word } = looks[status]
  return (
    <span
      className={cn(
        'inline-flex shrink-0 items-center gap-1 font-medium text-xs',
        trusted || status !== 'pass' ? ink : 'text-muted-foreground',
      )}
    >
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">{trusted ? word : `${word}, not trusted`}</span>
    </span>
  )
}
