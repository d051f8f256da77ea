'use client'

import { CircleX, RotateCw, SearchX } from 'lucide-react'
import { Button } from './button'
import { CopyButton } from './copy-button'
import { EmptyState } from './empty-state'
import { Shown, shownText } from './shown'

/** Error of a failed request; an `ApiError` fits. */
export type Failure = { message: string; reqId?: string | undefined; kind?: string }

/** Error of a failed load: message, request id for the logs, and retry; of a missing object, that it was not found. */
export function ErrorState({
  title = 'This could not be loaded',
  error,
  onRetry,
}: {
  title?: string
  error: Failure
  onRetry?: () => void
}) {
  if (error.kind === 'not-found') {
    return (
      <EmptyState icon={SearchX} title="Not found">
        {shownText(error.message)} It may have been removed, or the link is not complete.
      </EmptyState>
    )
  }
  return (
    <div role="alert" className="mx-auto grid max-w-lg justify-items-center gap-1 px-4 py-12 text-center">
      <CircleX aria-hidden className="mb-2 size-6 text-refused" />
      <p className="font-medium">
        <Shown text={title} />
      </p>
      <p className="break-words text-muted-foreground">
        <Shown text={error.message} />
      </p>
      {error.reqId && (
        <p className="flex items-center gap-1 text-compact text-muted-foreground">
          Request <code>{error.reqId}</code>
          <CopyButton text={error.reqId} label="Copy request id" size="sm" />
        </p>
      )}
      {onRetry && (
        <Button className="mt-3" onClick={onRetry}>
          <RotateCw aria-hidden />
          Try again
        </Button>
      )}
    </div>
  )
}
