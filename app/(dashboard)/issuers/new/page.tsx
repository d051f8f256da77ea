'use client'

import { TrustTester } from '@/components/tester/trust-tester'
import { issuerView } from '@/components/trusts/kinds/issuer/view'
import { StandaloneTrustPage } from '@/components/trusts/kinds/standalone-trust-page'

export default function NewIssuerPage() {
  return <StandaloneTrustPage kind="issuer" view={issuerView} trustId={null} tester={TrustTester} />
}
