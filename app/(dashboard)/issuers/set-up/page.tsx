'use client'

import { TokenBox } from '@/components/tester/token-box'
import { TrustTester } from '@/components/tester/trust-tester'
import { GuidedStandalonePage } from '@/components/trusts/guided/guided-standalone-page'
import { issuerView } from '@/components/trusts/kinds/issuer/view'

/** Guided set-up of a new issuer. */
export default function GuidedIssuerPage() {
  return (
    <GuidedStandalonePage
      kind="issuer"
      view={issuerView}
      tester={(props) => <TrustTester {...props} />}
      tokenBox={(props) => <TokenBox {...props} />}
    />
  )
}
