'use client'

import { useState } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { useAccount } from '@/lib/client/account'
import { useKnowsPasskeys } from '@/lib/client/passkeys'
import { useSession } from '@/lib/client/session'
import { PasskeyForm } from './add-passkey'
import { Enrolment } from './enrolment'

/** Shown in place of every page to a person without a second factor, in an organization that requires one. */
export function SetUpSecondFactor() {
  const { data: account, error, refetch } = useAccount()
  const isKnown = useKnowsPasskeys()
  const organization = useSession().data?.organization.name ?? 'Your organization'
  const [way, setWay] = useState<'app' | 'passkey' | null>(null)
  return (
    <div className="max-w-xl">
      <PageHeader
        title="Set up a second factor"
        description={`${organization} requires one. Until you have set it up, nothing else is allowed.`}
      />
      {!account ? (
        error ? (
          <ErrorState title="Your account could not be loaded" error={error} onRetry={() => refetch()} />
        ) : (
          <Skeleton className="h-72" />
        )
      ) : (
        <div className="grid gap-4">
          <Section title="Authenticator app" description="A code from an app, requested after your password.">
            {way === 'app' ? (
              <Enrolment account={account} onDone={enter} />
            ) : (
              <Button variant="primary" onClick={() => setWay('app')}>
                Set up an app
              </Button>
            )}
          </Section>
          {isKnown && account.passkeysAvailable && (
            <Section
              title="Passkey"
              description="A fingerprint, a face or the PIN of a device, instead of password and code."
            >
              {way === 'passkey' ? (
                <PasskeyForm account={account} onDone={enter} />
              ) : (
                <Button onClick={() => setWay('passkey')}>Create a passkey</Button>
              )}
            </Section>
          )}
        </div>
      )}
    </div>
  )
}

/** A full load, so that no refused answers stay in memory. */
const enter = () => window.location.reload()
