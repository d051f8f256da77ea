'use client'

import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/components/ui/link'
import { useIdentity } from '@/lib/client/identities'
import { snippetsOf } from '@/lib/client/snippets'
import { trustHref } from '@/lib/client/trust-href'
import { useTrust } from '@/lib/client/trusts'
import type { IdentityKind } from '@/lib/trust/kinds'
import { FirstLoginSteps } from './first-login-steps'
import { LoginFromHere } from './login-from-here'
import { WaitingPage } from './waiting-page'

/** Waits for the first login of an identity. */
export function FirstLoginPage({ identityId, kind }: { identityId: string; kind: IdentityKind }) {
  const identity = useIdentity(identityId)
  const trust = useTrust({ identityId, kind })
  const error = identity.error ?? trust.error
  const command = (audience: string) =>
    snippetsOf({ origin: window.location.origin, identityId, kind, audience }).find(({ id }) => id === 'curl')?.code ??
    ''
  return (
    <WaitingPage
      attempt="login"
      of={{ identityId }}
      trust={trust.data}
      breadcrumbs={[
        { label: 'Identities', href: '/identities' },
        { label: identity.data?.name ?? 'Identity', href: `/identities/${identityId}` },
      ]}
      links={{
        editor: trustHref({ id: '', kind, identityId }) ?? '/identities',
        done: { href: `/identities/${identityId}`, label: 'Open the identity' },
      }}
      problem={error && { error, onRetry: () => Promise.all([identity.refetch(), trust.refetch()]) }}
      missing={
        <EmptyState
          title="Not set up"
          action={
            <Button asChild variant="primary">
              <Link href={`/identities/new?identity=${identityId}`}>Set it up</Link>
            </Button>
          }
        >
          This identity has no such login yet.
        </EmptyState>
      }
      below={<LoginFromHere of={identityId} place={{ identityId, kind }} />}
      steps={(stored) => <FirstLoginSteps trust={stored} command={command} />}
    />
  )
}
