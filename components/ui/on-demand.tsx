'use client'

import { type ComponentType, createElement, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from './button'
import { type LazyPart, lazyPart } from './lazy-part'

/**
 * Shows what a part of the scripts is needed for, and loads it first. Meanwhile it shows `waiting`, or says that it loads; where
 * the part cannot be loaded it offers to try again, or gives up by `onGiveUp`.
 */
export function OnDemand<Part>({
  of,
  waiting,
  onGiveUp,
  children,
}: {
  of: LazyPart<Part>
  waiting?: ReactNode
  onGiveUp?: () => void
  children: (part: Part) => ReactNode
}) {
  const [state, setState] = useState<'loading' | 'failed'>('loading')
  const [, setLoaded] = useState(false)
  const part = of.current()
  const isNeeded = part === null && state === 'loading'
  useEffect(() => {
    if (!isNeeded) return
    let isShown = true
    of.load().then(
      () => isShown && setLoaded(true),
      () => isShown && setState('failed'),
    )
    return () => {
      isShown = false
    }
  }, [isNeeded, of])

  if (part !== null) return children(part)
  if (state === 'failed') return <LoadFailure onRetry={() => setState('loading')} onGiveUp={onGiveUp} />
  if (waiting) return waiting
  return (
    <p
      role="status"
      // Seen only where it takes long: most parts are there before a person looks.
      className="fixed inset-x-0 top-1 z-[60] mx-auto w-fit animate-fade-in rounded-md border raised bg-surface px-3 py-1.5 shadow-lg [animation-delay:300ms] [animation-fill-mode:backwards]"
    >
      Loading…
    </p>
  )
}

/** How a dialog is closed, where the component is one. */
type Closable = { onOpenChange?: (open: boolean) => void; onClose?: () => void }

/**
 * A component of its own script, as `OnDemand` loads it. `waiting` is the frame of what comes, where that is a part of the page.
 * `preload` begins before it is shown.
 */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>, waiting?: ReactNode) {
  const part = lazyPart(load)
  function Demanded(props: Props & Closable) {
    const { onOpenChange, onClose }: Closable = props
    const onGiveUp = onOpenChange ? () => onOpenChange(false) : onClose
    return (
      <OnDemand of={part} waiting={waiting} onGiveUp={onGiveUp}>
        {(Component) => createElement(Component, props)}
      </OnDemand>
    )
  }
  // On intent, so a failure is told only when the part is needed.
  Demanded.preload = () => void part.load().catch(() => {})
  return Demanded
}

function LoadFailure({ onRetry, onGiveUp }: { onRetry: () => void; onGiveUp: (() => void) | undefined }) {
  const window = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    window.current?.showModal()
    // Once this is gone, so that the part opens from where its trigger has the focus, and gives it back there.
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={window}
      role="alertdialog"
      aria-labelledby="load-failure"
      onClose={onGiveUp}
      className="m-auto grid max-w-md gap-3 rounded-lg border raised bg-surface p-5 text-foreground shadow-xl backdrop:bg-overlay"
    >
      <h2 id="load-failure" className="font-semibold text-base">
        This part of the page could not be loaded
      </h2>
      <p className="text-muted-foreground">
        The server did not send it. Check your connection and try again. What you typed is still here.
      </p>
      <div className="flex justify-end gap-2">
        {onGiveUp && <Button onClick={onGiveUp}>Close</Button>}
        <Button variant="primary" onClick={onRetry}>
          Try again
        </Button>
      </div>
    </dialog>
  )
}
