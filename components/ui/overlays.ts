import { useEffect } from 'react'
import { lazyPart } from './lazy-part'

/** Radix for what lies above a page: a tenth of a page's scripts, which nothing needs before something is opened. */
export const overlays = lazyPart(() => import('./overlay-parts'))

/** For parts of an overlay, which are rendered inside of one that is open. */
export function overlayParts() {
  const parts = overlays.current()
  if (!parts) throw new Error('A part of an overlay is rendered outside of it.')
  return parts
}

/** Loads them once a person points at something that can be pressed, or has pressed or focused anything. */
export function useOverlayIntent(): void {
  useEffect(() => {
    const events = ['pointerover', 'pointerdown', 'focusin'] as const
    const stop = () => {
      for (const name of events) document.removeEventListener(name, onIntent)
    }
    const onIntent = ({ type, target }: Event) => {
      if (type === 'pointerover' && !(target instanceof Element && target.closest('button'))) return
      stop()
      // A failure is told where the part is needed.
      overlays.load().catch(() => {})
    }
    for (const name of events) document.addEventListener(name, onIntent, { passive: true })
    return stop
  }, [])
}
