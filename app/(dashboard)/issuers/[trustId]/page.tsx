'use client'

import { use } from 'react'
import { TrustTester } from '@/components/tester/trust-tester'
import { StandaloneTrustPage } from '@/components/trusts/standalone-trust-page'

export default function IssuerPage({ params }: { params: Promise<{ trustId: string }> }) {
  const { trustId } = use(params)
  return <StandaloneTrustPage method="issuer" trustId={trustId} tester={(props) => <TrustTester {...props} />} />
}
