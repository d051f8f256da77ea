'use client'

import { useSearchParams } from 'next/navigation'
import { withParameters } from './query-string'

/**
 * State of a page in its URL, kept by reloads and links. `set` replaces the history entry (filters); with `push` Back
 * returns to the state before (tabs, pages). Sends no request.
 */
export function useUrlParameters() {
  const search = useSearchParams()
  return {
    get: (name: string): string | null => search.get(name),
    set(changes: Readonly<Record<string, string | null>>, how: 'replace' | 'push' = 'replace') {
      // From the location, not the last render, so that two changes at once are both kept.
      const { pathname, search: current } = window.location
      const next = withParameters(current, changes)
      // A tab reports its selection twice (press, focus), which must make one history entry.
      if (next === current) return
      const url = pathname + next
      if (how === 'push') window.history.pushState(null, '', url)
      else window.history.replaceState(null, '', url)
    },
  }
}
