'use client'

import { useState } from 'react'
import { FirstStep } from './first-step'
import { OtherWays } from './other-ways'
import { SecondStep } from './second-step'

/** Signs in within a page; a provider's page opens in another tab. */
export function SignInForm({ email, onSignedIn }: { email: string; onSignedIn: () => void }) {
  const [step, setStep] = useState<{ code: boolean; passkey: boolean } | null>(null)
  if (step) return <SecondStep {...step} onSignedIn={onSignedIn} onRestart={() => setStep(null)} />
  return (
    <>
      <FirstStep email={email} onSignedIn={onSignedIn} onSecondStep={setStep} />
      <OtherWays next="/" target="_blank" onSignedIn={onSignedIn} />
    </>
  )
}
