'use client'

import { TrustTester } from '@/components/tester/trust-tester'
import { StandaloneTrustPage } from '@/components/trusts/standalone-trust-page'

export default function NewProviderPage() {
  return <StandaloneTrustPage method="sign-in" trustId={null} tester={(props) => <TrustTester {...props} />} />
}
