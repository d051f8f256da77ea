'use client'

import { TrustTester } from '@/components/tester/trust-tester'
import { StandaloneTrustPage } from '@/components/trusts/kinds/standalone-trust-page'

export default function NewProviderPage() {
  return <StandaloneTrustPage kind="sign-in" trustId={null} tester={(props) => <TrustTester {...props} />} />
}
