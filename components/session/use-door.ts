'use client'

import { useEffect } from 'react'
import { useSession, useSetupNeeded } from '@/lib/client/session'

/** Which of the pages outside belongs to the reader: the first-run setup, the sign-in, or neither, because they are in. */
type Door = 'setup' | 'sign-in'

/**
 * Leads whoever stands at the wrong door to the right one: `/setup` only while there is nobody, `/sign-in` only for who
 * is not signed in (`inside` is where they go instead). Answers whether this door is the right one.
 */
export function useDoor(here: Door, inside: string) {
  const setup = useSetupNeeded()
  const session = useSession()
  const error = setup.error ?? session.error
  const known = setup.data !== undefined && session.data !== undefined
  const elsewhere = known ? elsewhereFrom(here, setup.data, session.data !== null, inside) : null

  useEffect(() => {
    // A full load: nothing of what was known before the sign-in stays in memory.
    if (elsewhere) window.location.replace(elsewhere)
  }, [elsewhere])

  return {
    ready: known && elsewhere === null,
    error,
    retry: () => {
      setup.refetch()
      session.refetch()
    },
  }
}

/** Where to go from a door that is not one's own; null to stay. */
export function elsewhereFrom(here: Door, setupNeeded: boolean, signedIn: boolean, inside: string): string | null {
  if (setupNeeded) return here === 'setup' ? null : '/setup'
  if (signedIn) return inside
  return here === 'sign-in' ? null : '/sign-in'
}
