'use client'

import { use } from 'react'
import { FirstIssuerLoginPage } from '@/components/activity/first-issuer-login-page'

/** Waits for the first login by an issuer. */
export default function IssuerFirstLoginPage({ params }: { params: Promise<{ trustId: string }> }) {
  return <FirstIssuerLoginPage trustId={use(params).trustId} />
}
