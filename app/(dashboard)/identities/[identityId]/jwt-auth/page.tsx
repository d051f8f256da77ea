'use client'

import { use } from 'react'
import { TrustTester } from '@/components/tester/trust-tester'
import { TrustPage } from '@/components/trusts/kinds/trust-page'

export default function JwtAuthPage({ params }: { params: Promise<{ identityId: string }> }) {
  const { identityId } = use(params)
  return <TrustPage identityId={identityId} kind="jwt" tester={(props) => <TrustTester {...props} />} />
}
