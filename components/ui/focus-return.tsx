'use client'

import { type RefObject, useRef, useState } from 'react'

/**
 * Gives the focus back to what had it before a dialog opened. Radix gives it to the dialog's trigger alone, and most of
 * ours are opened by state. Put `memory` among the children of the content, and `onCloseAutoFocus` on it.
 */
export function useFocusReturn() {
  const before = useRef<Element | null>(null)
  return {
    memory: <Memory before={before} />,
    onCloseAutoFocus(event: Event) {
      if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return
      event.preventDefault()
      before.current.focus()
    },
  }
}

/** Looks in its first render, before an `autoFocus` inside the dialog takes the focus. */
function Memory({ before }: { before: RefObject<Element | null> }) {
  useState(() => {
    before.current = document.activeElement
  })
  return null
}
