'use client'

import { EmptyState } from '@/components/ui/empty-state'
import { issuerLogin } from '@/lib/client/snippets'
import { useTrust } from '@/lib/client/trusts'
import { FirstLoginSteps } from './first-login-steps'
import { LoginFromHere } from './login-from-here'
import { StrayTokens } from './stray-tokens'
import { WaitingPage } from './waiting-page'

const list = { label: 'Issuers', href: '/issuers' }

/** Waits for the first login by an issuer. */
export function FirstIssuerLoginPage({ trustId }: { trustId: string }) {
  const { data, error, refetch } = useTrust({ kind: 'issuer', trustId })
  const trust = data && data.kind !== 'issuer' ? null : data
  const href = `/issuers/${trustId}`
  return (
    <WaitingPage
      attempt="login"
      of={{ trustId }}
      trust={trust}
      breadcrumbs={[list, ...(trust ? [{ label: trust.name, href }] : [])]}
      links={{ editor: href, done: { href: `/activity?trust=${trustId}`, label: 'Its logins' } }}
      problem={error && { error, onRetry: refetch }}
      missing={
        <EmptyState title="There is no such issuer">It may have been removed since the link was made.</EmptyState>
      }
      below={
        <>
          {trust && <StrayTokens trust={trust} />}
          <LoginFromHere of={trustId} place="issuer" />
        </>
      }
      steps={(stored) => <FirstLoginSteps trust={stored} command={() => issuerLogin(window.location.origin)} />}
    />
  )
}
