'use client'

import { use } from 'react'
import { FirstSignInPage } from '@/components/activity/first-sign-in-page'

/** Waits for the first sign-in through a provider. */
export default function ProviderFirstSignInPage({ params }: { params: Promise<{ trustId: string }> }) {
  return <FirstSignInPage trustId={use(params).trustId} />
}
