import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from './badge'
import { shownText } from './shown'

/** Login method in a list: name, state, a sentence, and actions. */
export function MethodRow({
  name,
  isSetUp,
  mark,
  actions,
  children,
}: {
  name: string
  isSetUp: boolean
  /** Beside the state. */
  mark?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="flex flex-wrap items-center gap-2 font-medium">
          {shownText(name)}
          {isSetUp ? (
            <Badge tone="accent" icon={Check}>
              Set up
            </Badge>
          ) : (
            <Badge tone="skipped">Not set up</Badge>
          )}
          {mark}
        </h3>
        <div className="mt-0.5 text-compact text-muted-foreground">{children}</div>
      </div>
      {actions && <div className="flex shrink-0 flex-wrap items-center gap-2">{actions}</div>}
    </li>
  )
}
