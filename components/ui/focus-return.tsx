'use client'

import { type RefObject, useRef, useState } from 'react'

/**
 * Returns the focus to the element that had it before a dialog opened. Radix returns it to the dialog's trigger only,
 * and most dialogs here are opened by state. Put `memory` among the children of the content, and `onCloseAutoFocus` on
 * it.
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

/** Reads the focus in its first render, before an `autoFocus` inside the dialog. */
function Memory({ before }: { before: RefObject<Element | null> }) {
  useState(() => {
    before.current = document.activeElement
  })
  return null
}
