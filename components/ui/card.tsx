import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { shownText } from './shown'

/** Plain box. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={cn('rounded-lg border bg-surface', className)} {...rest} />
}

/** Titled section of a page: heading, description, actions, content. `flush` for a table that reaches the edges. */
export function Section({
  title,
  description,
  actions,
  flush = false,
  className,
  children,
}: {
  title: ReactNode
  description?: ReactNode
  actions?: ReactNode
  flush?: boolean
  className?: string
  children: ReactNode
}) {
  return (
    <section className={cn('min-w-0 rounded-lg border bg-surface', className)}>
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b has-[+:empty]:border-b-0 px-4 py-2.5">
        <div className="min-w-0">
          <h2 className="font-semibold leading-7">{shownText(title)}</h2>
          {description && <p className="text-compact text-muted-foreground">{shownText(description)}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={flush ? undefined : 'p-4 empty:hidden'}>{children}</div>
    </section>
  )
}
