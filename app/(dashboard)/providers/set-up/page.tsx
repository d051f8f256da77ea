'use client'

import { TokenBox } from '@/components/tester/token-box'
import { TrustTester } from '@/components/tester/trust-tester'
import { GuidedStandalonePage } from '@/components/trusts/guided/guided-standalone-page'
import { signInView } from '@/components/trusts/kinds/sign-in/view'

/** Guided set-up of a new sign-in provider. */
export default function GuidedProviderPage() {
  return (
    <GuidedStandalonePage
      kind="sign-in"
      view={signInView}
      tester={(props) => <TrustTester {...props} />}
      tokenBox={(props) => <TokenBox {...props} />}
    />
  )
}
