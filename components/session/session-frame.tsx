'use client'

import { Fingerprint } from 'lucide-react'
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react'
import { AppShell } from '@/components/layout/app-shell'
import { ErrorState } from '@/components/ui/error-state'
import { toast } from '@/components/ui/toaster'
import { useIdentities } from '@/lib/client/identities'
import { useAlarmCount } from '@/lib/client/key-sources'
import { type SignedInSession, useSession, useSignOut } from '@/lib/client/session'
import { signInHref } from '@/lib/client/sign-in-href'
import { canAccess } from '@/lib/trust/role'
import { FrameSkeleton } from './frame-skeleton'
import { NoAccess } from './no-access'

type Frame = {
  railCollapsed: boolean
  /** Replaces every page while a required second factor is missing. */
  secondFactor: ReactNode
  children: ReactNode
}

/** Shows the dashboard to people who are signed in; redirects others to the sign-in. */
export function SessionFrame({ railCollapsed, secondFactor, children }: Frame) {
  const { data: session, error, refetch } = useSession()

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

function SignedIn({ session, railCollapsed, secondFactor, children }: Frame & { session: SignedInSession }) {
  const signOut = useSignOut()
  // Kept until the next full load: recovery codes must stay visible while they are read.
  const [wasMissing] = useState(session.mustSetUpSecondFactor)
  const isMissing = wasMissing || session.mustSetUpSecondFactor
  const canRead = canAccess(session.role, 'read') && !isMissing
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const found = useIdentities({ search, limit: 8 }, { enabled: canRead && search !== '' })
  const alarmCount = useAlarmCount({ enabled: canRead })
  const alarms = alarmCount.data ?? 0
  const identities = search === '' ? [] : (found.data?.identities ?? [])

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
      paletteGroups={[
        {
          heading: 'Identities',
          items: identities.map(({ id, name }) => ({
            id: `identity ${id}`,
            label: name,
            href: `/identities/${id}`,
            icon: Fingerprint,
            hint: id.slice(0, 8),
            // The server found it by the typed text; the palette must not filter it out.
            keywords: [id, search],
          })),
        },
      ]}
    >
      {isMissing ? (
        secondFactor
      ) : canRead ? (
        children
      ) : (
        <NoAccess organization={session.organization.name} {...session.user} />
      )}
    </AppShell>
  )
}
