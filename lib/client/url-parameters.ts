'use client'

import { useSearchParams } from 'next/navigation'
import { withParameters } from './query-string'

/**
 * State of a page that lives in its URL, so that it survives reload and can be sent to somebody. `set` replaces the
 * history entry (filters); with `push` Back leads to the state before (tabs, pages). No request is made for it.
 */
export function useUrlParameters() {
  const search = useSearchParams()
  return {
    get: (name: string): string | null => search.get(name),
    set(changes: Readonly<Record<string, string | null>>, how: 'replace' | 'push' = 'replace') {
      // From the location, not from the last render: two changes in one moment must not lose each other.
      const { pathname, search: current } = window.location
      const next = withParameters(current, changes)
      // A tab says twice that it was chosen (pressed, then focused): Back must not need two steps.
      if (next === current) return
      const url = pathname + next
      if (how === 'push') window.history.pushState(null, '', url)
      else window.history.replaceState(null, '', url)
    },
  }
}
