'use client'

import { use } from 'react'
import { TrustTester } from '@/components/tester/trust-tester'
import { signInView } from '@/components/trusts/kinds/sign-in/view'
import { StandaloneTrustPage } from '@/components/trusts/kinds/standalone-trust-page'

export default function ProviderPage({ params }: { params: Promise<{ trustId: string }> }) {
  const { trustId } = use(params)
  return <StandaloneTrustPage kind="sign-in" view={signInView} trustId={trustId} tester={TrustTester} />
}
