'use client'

import { use } from 'react'
import { FirstLoginSteps } from '@/components/activity/first-login-steps'
import { LoginFromHere } from '@/components/activity/login-from-here'
import { StandaloneWaitingPage } from '@/components/activity/standalone-waiting-page'
import { StrayTokens } from '@/components/activity/stray-tokens'
import { issuerLogin } from '@/lib/client/snippets'

/** Waits for the first login by an issuer. */
export default function IssuerFirstLoginPage({ params }: { params: Promise<{ trustId: string }> }) {
  const { trustId } = use(params)
  return (
    <StandaloneWaitingPage
      kind="issuer"
      trustId={trustId}
      attempt="login"
      one="issuer"
      list={{ label: 'Issuers', href: '/issuers' }}
      below={(trust) => (
        <>
          <StrayTokens trust={trust} />
          <LoginFromHere of={trustId} place="issuer" />
        </>
      )}
      steps={(trust) => <FirstLoginSteps trust={trust} command={() => issuerLogin(window.location.origin)} />}
    />
  )
}
