import type { ReactNode } from 'react'
import { cn } from './cn'
import { shownText } from './shown'

/** Facts as label-value pairs. A `value` of null shows a dash. */
export function KeyValueList({
  items,
  className,
}: {
  items: readonly { label: string; value: ReactNode }[]
  className?: string
}) {
  return (
    <dl data-facts className={cn('grid gap-x-6 print:gap-x-3 sm:grid-cols-[minmax(8rem,max-content)_1fr]', className)}>
      {items.map(({ label, value }) => (
        <div
          key={label}
          className="col-span-full grid items-baseline border-b py-2 first:pt-0 last:border-b-0 last:pb-0 sm:grid-cols-subgrid"
        >
          <dt className="text-muted-foreground">{shownText(label)}</dt>
          <dd className="min-w-0 break-words">
            {shownText(value) ?? <span className="text-muted-foreground">–</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
