'use client'

import { use } from 'react'
import { StandaloneWaitingPage } from '@/components/activity/standalone-waiting-page'
import { FirstSignInSteps } from '@/components/trusts/kinds/sign-in/first-sign-in-steps'

/** Waits for the first sign-in through a provider. */
export default function ProviderFirstSignInPage({ params }: { params: Promise<{ trustId: string }> }) {
  return (
    <StandaloneWaitingPage
      kind="sign-in"
      trustId={use(params).trustId}
      attempt="sign-in"
      one="sign-in provider"
      list={{ label: 'Sign-in providers', href: '/providers' }}
      steps={(trust) => <FirstSignInSteps trust={trust} />}
    />
  )
}
