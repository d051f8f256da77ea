'use client'

import { ErrorState } from '@/components/ui/error-state'
import { CardSkeleton } from '@/components/ui/skeleton'
import { useAccount } from '@/lib/client/account'
import { useSession } from '@/lib/client/session'
import { ChangePassword } from './change-password'
import { Passkeys } from './passkeys'
import { SecondFactor } from './second-factor'
import { Sessions } from './sessions'
import { You } from './you'

/** Shows the signed-in person's profile and sign-in methods. */
export function Account() {
  const { data: session } = useSession()
  const { data: account, error, refetch } = useAccount()
  if (!session) return null
  if (error && !account) {
    return <ErrorState title="Your account could not be loaded" error={error} onRetry={() => refetch()} />
  }
  if (!account) return <CardSkeleton lines={6} />
  return (
    <div className="grid gap-4">
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <You session={session} />
          {account.hasPassword && <ChangePassword email={session.user.email} />}
        </div>
        <div className="grid min-w-0 gap-4">
          <SecondFactor account={account} />
          <Passkeys account={account} />
        </div>
      </div>
      <Sessions />
    </div>
  )
}
