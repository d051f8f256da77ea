'use client'

import { use } from 'react'
import { FirstLoginPage } from '@/components/activity/first-login-page'
import { useUrlParameters } from '@/lib/client/url-parameters'
import { identityKinds } from '@/lib/trust/kinds'

/** Waits for the first login of an identity by the method that the URL names. */
export default function IdentityFirstLoginPage({ params }: { params: Promise<{ identityId: string }> }) {
  const { identityId } = use(params)
  const method = useUrlParameters().get('method')
  const kind = identityKinds.find((one) => one === method) ?? 'jwt'
  return <FirstLoginPage identityId={identityId} kind={kind} />
}
