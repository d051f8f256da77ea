'use client'

import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { onDemand } from '@/components/ui/on-demand'
import { useSecondStep } from '@/lib/client/session'
import { ownPath } from '@/lib/model/own-path'
import { FirstStep } from './first-step'
import { OtherWays } from './other-ways'
import { PublicPageFrame } from './public-page-frame'
import { PublicPageLoading } from './public-page-loading'
import { usePublicPage } from './use-public-page'

const SecondStep = onDemand(() => import('./second-step').then((module) => module.SecondStep))

type Step = { code: boolean; passkey: boolean; next: string }

/** Starts a session in one step or two, then goes to the requested page. */
export function SignInPage() {
  const parameters = useSearchParams()
  const inside = ownPath(parameters.get('next'))
  const page = usePublicPage('sign-in', inside)
  // A provider redirects here when the organization requires a second step.
  const fromProvider = useSecondStep({ enabled: parameters.get('step') === 'second' })
  const [begun, setBegun] = useState<Step | 'restarted' | null>(null)
  const step = begun === 'restarted' ? null : (begun ?? fromProvider.data ?? null)
  return (
    <PublicPageFrame
      title={step ? 'One more step' : 'Sign in'}
      description={step ? 'Prove that it is you.' : 'To the dashboard of this installation.'}
    >
      <PublicPageLoading page={page} lines={2}>
        {step ? (
          <SecondStep {...step} onSignedIn={() => go(step.next)} onRestart={() => setBegun('restarted')} />
        ) : (
          <>
            <FirstStep onSignedIn={() => go(inside)} onSecondStep={(asked) => setBegun({ ...asked, next: inside })} />
            <OtherWays next={inside} onSignedIn={() => go(inside)} />
          </>
        )}
      </PublicPageLoading>
    </PublicPageFrame>
  )
}

/** A full load, so that nothing from before the sign-in stays in memory. */
const go = (next: string) => window.location.replace(next)
