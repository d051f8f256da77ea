'use client'

import { TrustTester } from '@/components/tester/trust-tester'
import { signInView } from '@/components/trusts/kinds/sign-in/view'
import { StandaloneTrustPage } from '@/components/trusts/kinds/standalone-trust-page'

export default function NewProviderPage() {
  return <StandaloneTrustPage kind="sign-in" view={signInView} trustId={null} tester={TrustTester} />
}
