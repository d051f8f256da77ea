'use client'

import { use } from 'react'
import { TrustTester } from '@/components/tester/trust-tester'
import { issuerView } from '@/components/trusts/kinds/issuer/view'
import { StandaloneTrustPage } from '@/components/trusts/kinds/standalone-trust-page'

export default function IssuerPage({ params }: { params: Promise<{ trustId: string }> }) {
  const { trustId } = use(params)
  return <StandaloneTrustPage kind="issuer" view={issuerView} trustId={trustId} tester={TrustTester} />
}
