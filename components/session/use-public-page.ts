'use client'

import { useEffect } from 'react'
import { useSession, useSetupNeeded } from '@/lib/client/session'

/** Pages for people without a session. */
type PublicPage = 'setup' | 'sign-in'

/**
 * Redirects to setup, sign-in or the dashboard: `/setup` is for an installation without people, `/sign-in` for people who are
 * not signed in; others go to `inside`. `ready` once this page is the right one.
 */
export function usePublicPage(here: PublicPage, inside: string) {
  const setup = useSetupNeeded()
  const session = useSession()
  const error = setup.error ?? session.error
  const known = setup.data !== undefined && session.data !== undefined
  const elsewhere = known ? redirectFrom(here, setup.data, session.data !== null, inside) : null

  useEffect(() => {
    // A full load, so that nothing from before the sign-in stays in memory.
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

/** Returns where to redirect to; null to stay. */
export function redirectFrom(here: PublicPage, setupNeeded: boolean, signedIn: boolean, inside: string): string | null {
  if (setupNeeded) return here === 'setup' ? null : '/setup'
  if (signedIn) return inside
  return here === 'sign-in' ? null : '/sign-in'
}
