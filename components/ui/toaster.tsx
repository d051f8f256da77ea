'use client'

import { CircleCheck, CircleX } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Button } from './button'
import { shownText } from './shown'
import { dismissToast, shownToast, subscribeToast, type Toast } from './toast'

export { toast } from './toast'

/** Used once, in the root layout. Alt-T leads to the toast, Escape closes it. */
export function Toaster() {
  const shown = useSyncExternalStore(subscribeToast, shownToast, () => null)
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey && event.code === 'KeyT') place.current?.querySelector<HTMLElement>('[data-toast]')?.focus()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    // In the top bar, between its search and its menus: the one place of a page that never holds an act. On a phone the bar is full,
    // so at the foot of the window, above what a thumb reaches. Live from the first render on, as screen readers announce only what
    // changes in a region that they know.
    <section
      ref={place}
      aria-label="Notifications, Alt T"
      aria-live="polite"
      data-toaster
      className="fixed top-1 right-28 z-[60] w-[22rem] max-sm:top-auto max-sm:inset-x-2 max-sm:bottom-2 max-sm:w-auto"
    >
      {shown && <Message key={shown.id} {...shown} />}
    </section>
  )
}

function Message({ id, kind, title, description, action, durationMs }: Toast) {
  // Time does not run out while it is pointed at, has the focus, or is in a tab that is not looked at.
  const [isHeld, setIsHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const run = () => {
      clearTimeout(timer)
      if (!document.hidden) timer = setTimeout(() => dismissToast(id), durationMs)
    }
    run()
    document.addEventListener('visibilitychange', run)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', run)
    }
  }, [id, isHeld, durationMs])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is heard here only keeps the text longer, or away at once
    <div
      data-toast
      tabIndex={-1}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      onKeyDown={(event) => event.key === 'Escape' && dismissToast(id)}
      className="flex min-h-10 animate-pop-in items-center gap-2 rounded-md border raised bg-surface px-4 py-1.5 text-sm shadow-lg"
    >
      {kind === 'success' ? (
        <CircleCheck aria-hidden className="size-4 shrink-0 text-accepted" />
      ) : (
        <CircleX aria-hidden className="size-4 shrink-0 text-refused" />
      )}
      <div className="min-w-0 flex-1 break-words">
        <p className="font-medium">{shownText(title)}</p>
        {description !== undefined && <p className="text-muted-foreground">{shownText(description)}</p>}
      </div>
      {action && (
        <Button
          size="sm"
          variant="primary"
          onClick={() => {
            action.onClick()
            dismissToast(id)
          }}
        >
          {shownText(action.label)}
        </Button>
      )}
    </div>
  )
}
