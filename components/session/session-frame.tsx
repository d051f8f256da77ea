'use client'

import { type ReactNode, useDeferredValue, useEffect, useState } from 'react'
import { AppShell } from '@/components/layout/app-shell'
import { ErrorState } from '@/components/ui/error-state'
import { toast } from '@/components/ui/toaster'
import { useAlarmCount } from '@/lib/client/key-sources'
import { type SignedInSession, useSession, useSignOut } from '@/lib/client/session'
import { signInHref } from '@/lib/client/sign-in-href'
import { canAccess } from '@/lib/trust/role'
import { FrameSkeleton } from './frame-skeleton'
import { NoAccess } from './no-access'
import { SignInAgain } from './sign-in-again'
import { usePaletteGroups } from './use-palette-groups'

type Frame = {
  /** The session that the server found; undefined where it could not tell. */
  session?: SignedInSession
  railCollapsed: boolean
  /** Replaces every page while a required second factor is missing. */
  secondFactor: ReactNode
  children: ReactNode
}

/** Shows the dashboard to people who are signed in; redirects others to the sign-in. */
export function SessionFrame({ session: initial, railCollapsed, secondFactor, children }: Frame) {
  const { data: session, error, refetch } = useSession(initial)

  useEffect(() => {
    const href = session === null ? signInHref(window.location) : null
    if (href) window.location.replace(href)
  }, [session])

  if (session) {
    return (
      <SignedIn session={session} railCollapsed={railCollapsed} secondFactor={secondFactor}>
        {children}
      </SignedIn>
    )
  }
  if (error) {
    return (
      <main className="grid min-h-dvh content-center">
        <h1 className="sr-only">Keybound</h1>
        <ErrorState title="The session could not be loaded" error={error} onRetry={() => refetch()} />
      </main>
    )
  }
  return <FrameSkeleton railCollapsed={railCollapsed} />
}

function SignedIn({
  session,
  railCollapsed,
  secondFactor,
  children,
}: Omit<Frame, 'session'> & { session: SignedInSession }) {
  const signOut = useSignOut()
  // Kept until the next full load: recovery codes must stay visible while they are read.
  const [wasMissing] = useState(session.mustSetUpSecondFactor)
  const isMissing = wasMissing || session.mustSetUpSecondFactor
  const canRead = canAccess(session.role, 'read') && !isMissing
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const paletteGroups = usePaletteGroups(search, session.role, { enabled: canRead })
  const alarmCount = useAlarmCount({ enabled: canRead })
  const alarms = alarmCount.data ?? 0

  const leave = () =>
    signOut.mutate(undefined, {
      onError: (error) => toast.error('You were not signed out', { description: error.message }),
    })

  return (
    <AppShell
      viewer={{ ...session.user, role: session.role, organization: session.organization.name }}
      onSignOut={leave}
      {...(isMissing ? { items: [] } : {})}
      railCollapsed={railCollapsed}
      notices={{ '/key-sources': { count: alarms, words: alarms === 1 ? 'alarm' : 'alarms' } }}
      onPaletteSearch={setTyped}
      paletteGroups={paletteGroups}
    >
      {isMissing ? (
        secondFactor
      ) : canRead ? (
        children
      ) : (
        <NoAccess organization={session.organization.name} {...session.user} />
      )}
      <SignInAgain person={session.user} />
    </AppShell>
  )
}
