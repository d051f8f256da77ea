'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { holdDraft } from '@/lib/client/drafts'
import { leavesPage } from './leaves-page'

type Proceed = () => void

/** Guard of the page with unsaved changes, if any. */
let guard: ((proceed: Proceed) => void) | null = null

/** Navigates programmatically (command palette), after a question if changes would be lost. */
export function requestLeave(proceed: Proceed): void {
  if (guard) guard(proceed)
  else proceed()
}

/**
 * While `isDirty`, asks before changes are lost: on closing or reloading the tab, on following a link, on Back where
 * the browser allows it. Render the returned dialog. Save first, then navigate.
 */
export function useUnsavedGuard(isDirty: boolean): ReactNode {
  const router = useRouter()
  const [proceed, setProceed] = useState<{ go: Proceed } | null>(null)

  useEffect(() => {
    if (!isDirty) return
    const ask = (go: Proceed) => setProceed({ go })
    guard = ask
    const release = holdDraft()

    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const onClick = (event: MouseEvent) => {
      if (
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey
      )
        return
      const anchor = event.target instanceof Element ? event.target.closest('a') : null
      if (!anchor) return
      const { href, target } = anchor
      if (!leavesPage({ href, target, hasDownload: anchor.hasAttribute('download') }, window.location)) return
      event.preventDefault()
      event.stopPropagation()
      ask(() => router.push(href))
    }
    const onTraverse = (event: NavigateEvent) => {
      if (event.navigationType !== 'traverse' || !event.cancelable) return
      const { url, key } = event.destination
      if (!leavesPage({ href: url, target: '', hasDownload: false }, window.location)) return
      event.preventDefault()
      ask(() => {
        window.navigation.removeEventListener('navigate', onTraverse)
        window.navigation.traverseTo(key)
      })
    }

    window.addEventListener('beforeunload', onUnload)
    // In the capture phase, because next/link navigates in its own click handler.
    document.addEventListener('click', onClick, true)
    if ('navigation' in window) window.navigation.addEventListener('navigate', onTraverse)
    return () => {
      release()
      if (guard === ask) guard = null
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, true)
      if ('navigation' in window) window.navigation.removeEventListener('navigate', onTraverse)
    }
  }, [isDirty, router])

  return (
    <ConfirmDialog
      open={proceed !== null}
      onOpenChange={(open) => {
        if (!open) setProceed(null)
      }}
      title="Leave without saving?"
      confirmLabel="Leave"
      cancelLabel="Stay"
      onConfirm={() => proceed?.go()}
    >
      Your changes on this page are not saved. They are lost if you leave.
    </ConfirmDialog>
  )
}
