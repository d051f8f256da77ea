'use client'

import { TrustTester } from '@/components/tester/trust-tester'
import { StandaloneTrustPage } from '@/components/trusts/kinds/standalone-trust-page'

export default function NewIssuerPage() {
  return <StandaloneTrustPage kind="issuer" trustId={null} tester={(props) => <TrustTester {...props} />} />
}
