'use client'

import { Button } from './button'
import { EmptyState } from './empty-state'
import { TimeAgo } from './time-ago'

/** Shown for an empty page when only a part of the rows was searched: how far, and a way to continue. */
export function NothingSoFar({
  lookedBackTo,
  onMore,
  busy,
}: {
  lookedBackTo: string
  onMore: () => void
  busy: boolean
}) {
  return (
    <EmptyState
      title="Nothing found so far"
      action={
        <Button onClick={onMore} busy={busy}>
          Look further back
        </Button>
      }
    >
      Looked back to <TimeAgo at={lookedBackTo} />.
    </EmptyState>
  )
}
