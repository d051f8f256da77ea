'use client'

import { useSyncExternalStore } from 'react'
import { cn } from './cn'
import { useTabIndex } from './in-row'
import { localWords, relativeWords, utcWords } from './time-words'
import { Tooltip } from './tooltip'

/** Time relative to now, kept up to date; the exact time, in UTC and locally, on hover and focus. Print has the exact time. */
export function TimeAgo({ at, className }: { at: Date | string | number; className?: string }) {
  const tabIndex = useTabIndex()
  const atMs = new Date(at).getTime()
  const known = Number.isFinite(atMs)
  // The server does not know the reader's clock: it renders the exact time, which is replaced after hydration.
  const words = useSyncExternalStore(
    onTick,
    () => (known ? relativeWords(atMs, Date.now()) : ''),
    () => (known ? utcWords(atMs) : ''),
  )
  if (!known) return <span className="text-muted-foreground">–</span>
  return (
    <Tooltip
      content={
        <span className="grid gap-0.5 font-mono">
          <span>{utcWords(atMs)}</span>
          {localWords(atMs) !== utcWords(atMs) && <span>{localWords(atMs)}</span>}
        </span>
      }
    >
      <time
        dateTime={new Date(atMs).toISOString()}
        tabIndex={tabIndex}
        className={cn('relative z-10 cursor-default whitespace-nowrap rounded-sm', className)}
      >
        <span className="print:hidden">{words}</span>
        <span aria-hidden className="hidden print:inline">
          {utcWords(atMs)}
        </span>
      </time>
    </Tooltip>
  )
}

/** One timer for all: a row renders only when its text changes. */
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function onTick(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const tick of listeners) tick()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
