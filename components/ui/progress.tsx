import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'

/** Progress of work. `value` in percent, or null when unknown. `label` names the work. */
export function Progress({ value, label, className }: { value: number | null; label: string; className?: string }) {
  const percent = value === null ? null : Math.min(100, Math.max(0, value))
  return (
    <div
      role="progressbar"
      aria-label={visibleText(label)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={cn('h-1.5 w-full overflow-hidden rounded-full bg-muted', className)}
    >
      <div
        className={cn(
          'h-full rounded-full bg-accent transition-[width]',
          percent === null && 'w-1/3 animate-indeterminate',
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  )
}
