'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Button } from './button'
import { Callout } from './callout'
import type { Failure } from './error-state'
import { shownText } from './shown'
import { TimeAgo } from './time-ago'

/** Paging of a keyset list: one growing list, or one page at a time. `null` = nothing in that direction. */
export type DataTablePages =
  | {
      kind: 'more'
      onMore: (() => void) | null
      busy?: boolean
      total?: number
      lookedBackTo?: string | null
      /** The rows are a replica's, which may lack the changes of so many seconds. */
      behindSeconds?: number | null
    }
  | {
      kind: 'pages'
      onPrevious: (() => void) | null
      onNext: (() => void) | null
      busy?: boolean
      total?: number
      isMore?: boolean
    }

const count = new Intl.NumberFormat('en')

/** Line below a list: number of rows, paging, and an error while old rows stay. */
export function DataTableFooter({
  shown,
  pages,
  error,
  onRetry,
}: {
  shown: number | null
  pages?: DataTablePages
  error?: Failure | null
  onRetry?: () => void
}) {
  if (!pages && !error) return null
  return (
    <div className="grid gap-2 border-t px-4 py-2 print:py-0">
      {error && (
        <Callout tone="danger" actions={onRetry && <Button onClick={onRetry}>Try again</Button>}>
          {shownText(error.message)}
          {error.reqId && (
            <>
              {' '}
              Request <code className="text-compact">{error.reqId}</code>
            </>
          )}
        </Callout>
      )}
      {pages && (
        <div className="flex min-h-8 items-center print:min-h-6 justify-between gap-4 text-compact text-muted-foreground">
          <p className="tabular-nums">
            {shown === null
              ? ''
              : pages.total === undefined
                ? `${count.format(shown)} shown`
                : `${count.format(shown)} of ${count.format(pages.total)}${pages.kind === 'pages' && pages.isMore ? '+' : ''}`}
            {pages.kind === 'more' && pages.lookedBackTo && (
              <>
                , looked back to <TimeAgo at={pages.lookedBackTo} />
              </>
            )}
            {pages.kind === 'more' &&
              pages.behindSeconds != null &&
              `, from a replica up to ${Math.ceil(pages.behindSeconds)} s behind`}
          </p>
          {pages.kind === 'more' ? (
            pages.onMore && (
              <Button size="sm" onClick={pages.onMore} busy={pages.busy}>
                Load more
              </Button>
            )
          ) : (
            <nav aria-label="Pages" className="flex gap-2">
              <Button size="sm" onClick={pages.onPrevious ?? undefined} disabled={!pages.onPrevious || pages.busy}>
                <ChevronLeft aria-hidden />
                Previous
              </Button>
              <Button size="sm" onClick={pages.onNext ?? undefined} disabled={!pages.onNext || pages.busy}>
                Next
                <ChevronRight aria-hidden />
              </Button>
            </nav>
          )}
        </div>
      )}
    </div>
  )
}
