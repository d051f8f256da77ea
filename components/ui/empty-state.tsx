import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { shownText } from './shown'

/** Empty list: explains the items and offers the first step. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon?: LucideIcon
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-1 px-4 py-12 text-center">
      {Icon && <Icon aria-hidden className="mb-2 size-6 text-muted-foreground" />}
      <p className="font-medium">{shownText(title)}</p>
      {children && <div className="text-muted-foreground">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
