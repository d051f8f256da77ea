'use client'

import { TrustTester } from '@/components/tester/trust-tester'
import { StandaloneTrustPage } from '@/components/trusts/standalone-trust-page'

export default function NewIssuerPage() {
  return <StandaloneTrustPage method="issuer" trustId={null} tester={(props) => <TrustTester {...props} />} />
}
