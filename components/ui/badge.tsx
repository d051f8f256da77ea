import { Circle, CircleCheck, CircleX, Info, type LucideIcon, Minus, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'

const tones = {
  neutral: { icon: Circle, style: 'border-border bg-muted text-muted-foreground' },
  accent: { icon: Info, style: 'border-accent-border bg-accent-subtle text-accent-text' },
  accepted: { icon: CircleCheck, style: 'border-accepted-border bg-accepted-subtle text-accepted' },
  refused: { icon: CircleX, style: 'border-refused-border bg-refused-subtle text-refused' },
  attention: { icon: TriangleAlert, style: 'border-attention-border bg-attention-subtle text-attention' },
  skipped: { icon: Minus, style: 'border-border bg-surface text-muted-foreground' },
} satisfies Record<string, { icon: LucideIcon; style: string }>

export type BadgeTone = keyof typeof tones

/** Status as icon and word, not by colour alone. `icon={null}` for a plain tag such as a role or an algorithm. */
export function Badge({
  tone = 'neutral',
  icon,
  className,
  children,
}: {
  tone?: BadgeTone
  icon?: LucideIcon | null
  className?: string
  children: ReactNode
}) {
  const Icon = icon === undefined ? tones[tone].icon : icon
  return (
    <span
      className={cn(
        'inline-flex h-5 print:h-4 items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 font-medium text-xs',
        tones[tone].style,
        className,
      )}
    >
      {Icon && <Icon aria-hidden className="size-3 shrink-0" />}
      {children}
    </span>
  )
}
