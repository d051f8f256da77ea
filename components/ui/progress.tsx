'use client'

import { Progress as Radix } from 'radix-ui'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'

/** Progress of work. `value` in percent, or null when unknown. `label` names the work. */
export function Progress({ value, label, className }: { value: number | null; label: string; className?: string }) {
  return (
    <Radix.Root
      value={value}
      aria-label={visibleText(label)}
      className={cn('h-1.5 w-full overflow-hidden rounded-full bg-muted', className)}
    >
      <Radix.Indicator
        className={cn(
          'h-full rounded-full bg-accent transition-[width]',
          value === null && 'w-1/3 animate-indeterminate',
        )}
        style={value === null ? undefined : { width: `${Math.min(100, Math.max(0, value))}%` }}
      />
    </Radix.Root>
  )
}
