'use client'

import { ChevronRight } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { useTabTitle } from './use-tab-title'

/** A parent page. */
export type Breadcrumb = { label: string; href: string }

/** Head of a page: breadcrumbs, title (the page's only h1), one line of description, one primary action. */
export function PageHeader({
  title,
  breadcrumbs = [],
  crumb,
  tabTitle,
  description,
  status,
  action,
}: {
  title: ReactNode
  breadcrumbs?: readonly Breadcrumb[]
  /** This page among the breadcrumbs; default: the title. */
  crumb?: string
  /** Title of the tab; default: the title, where it is text. */
  tabTitle?: string
  description?: ReactNode
  /** Beside the title: a `Badge`. */
  status?: ReactNode
  action?: ReactNode
}) {
  useTabTitle(tabTitle ?? (typeof title === 'string' ? title : null))
  return (
    <header className="grid gap-1 pb-5">
      {breadcrumbs.length > 0 && (
        <nav aria-label="Breadcrumbs" className="print:hidden">
          <ol className="flex flex-wrap items-center gap-1 text-compact text-muted-foreground">
            {breadcrumbs.map(({ label, href }) => (
              <Fragment key={href}>
                <li>
                  <Link href={href} className="rounded-sm hover:text-foreground">
                    {shownText(label)}
                  </Link>
                </li>
                <li aria-hidden>
                  <ChevronRight className="size-3.5" />
                </li>
              </Fragment>
            ))}
            <li aria-current="page" className="text-foreground">
              {shownText(crumb ?? title)}
            </li>
          </ol>
        </nav>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0 print:flex print:flex-wrap print:items-baseline print:gap-x-3">
          <div className="flex min-h-8 print:min-h-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{shownText(title)}</h1>
            {status}
          </div>
          {description && <p className="max-w-prose text-muted-foreground">{shownText(description)}</p>}
        </div>
        {action && <div className="flex max-w-full shrink-0 flex-wrap items-center gap-2 print:hidden">{action}</div>}
      </div>
    </header>
  )
}
