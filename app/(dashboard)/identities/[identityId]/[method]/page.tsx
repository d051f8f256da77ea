'use client'

import { notFound } from 'next/navigation'
import { use } from 'react'
import { TrustTester } from '@/components/tester/trust-tester'
import { TrustPage } from '@/components/trusts/kinds/trust-page'
import { identityKindAt } from '@/lib/client/trust-href'

/** The trust of an identity: `jwt-auth`, `oidc-auth` and the page of every other kind that identities have. */
export default function IdentityTrustPage({ params }: { params: Promise<{ identityId: string; method: string }> }) {
  const { identityId, method } = use(params)
  const kind = identityKindAt(`/identities/${identityId}/${method}`, identityId)
  if (!kind) notFound()
  return <TrustPage identityId={identityId} kind={kind} tester={TrustTester} />
}
