import { CircleX, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { shownText } from './shown'

const tones = {
  info: { icon: Info, box: 'border-accent-border bg-accent-subtle', ink: 'text-accent-text' },
  attention: { icon: TriangleAlert, box: 'border-attention-border bg-attention-subtle', ink: 'text-attention' },
  danger: { icon: CircleX, box: 'border-refused-border bg-refused-subtle', ink: 'text-refused' },
}

/** Message of the page. `danger` is announced at once, others politely. */
export function Callout({
  tone = 'info',
  title,
  actions,
  className,
  children,
}: {
  tone?: keyof typeof tones
  title?: ReactNode
  actions?: ReactNode
  className?: string
  children?: ReactNode
}) {
  const { icon: Icon, box, ink } = tones[tone]
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'note'}
      className={cn('flex items-start gap-2.5 rounded-md border px-3 py-2.5', box, className)}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', ink)} />
      <div className="grid min-w-0 flex-1 gap-0.5">
        {title && <p className={cn('font-medium', ink)}>{shownText(title)}</p>}
        {children && <div className="break-words text-foreground">{shownText(children)}</div>}
      </div>
      {actions && <div className="flex shrink-0 gap-2">{actions}</div>}
    </div>
  )
}
