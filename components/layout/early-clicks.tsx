'use client'

import { useEffect } from 'react'

declare global {
  interface Window {
    /** Ends the holding of clicks. Returns the button that was clicked last, if any. */
    endEarlyClicks?: (() => HTMLElement | null) | undefined
  }
}

/** Once the page hears clicks, makes the one that came before. */
export function EarlyClicks() {
  useEffect(() => {
    const button = window.endEarlyClicks?.()
    window.endEarlyClicks = undefined
    // After the parts of the page that are shown with this one.
    if (button) setTimeout(() => button.isConnected && button.click())
  }, [])
  return null
}
