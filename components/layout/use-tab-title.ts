'use client'

import { useEffect } from 'react'
import { visibleText } from '@/lib/trust/unseen'

/** Names the tab after what the page shows; null leaves the page's own title. The router sets that later than the page. */
export function useTabTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return
    const wanted = `${visibleText(title)} · Keybound`
    const apply = () => {
      if (document.title !== wanted) document.title = wanted
    }
    apply()
    const observer = new MutationObserver(apply)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [title])
}
