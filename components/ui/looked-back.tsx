'use client'

import { Button } from './button'
import { EmptyState } from './empty-state'
import { TimeAgo } from './time-ago'

/** Instead of an empty list where only a part of all rows was looked through: how far, and the way on. */
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
