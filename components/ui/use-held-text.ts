import { useEffect, useRef } from 'react'
import { holdDraft } from '@/lib/client/drafts'

/** Keeps a dialog that holds typed text from being closed by Esc or by a click beside it. */
export function useHeldText() {
  const release = useRef<(() => void) | null>(null)
  function drop() {
    release.current?.()
    release.current = null
  }
  useEffect(() => drop, [])
  const keep = (event: Event) => release.current && event.preventDefault()
  return {
    onOpenAutoFocus: drop,
    onInput: () => {
      release.current ??= holdDraft()
    },
    onEscapeKeyDown: keep,
    onInteractOutside: keep,
  }
}
