'use client'

import { KeyRound } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { useKnowsPasskeys, useSignInWithPasskey } from '@/lib/client/passkeys'

/** Signs in with a passkey, where the browser supports them; then goes to `next`. */
export function PasskeyButton({ next, variant = 'secondary' }: { next: string; variant?: 'primary' | 'secondary' }) {
  const signIn = useSignInWithPasskey()
  const isKnown = useKnowsPasskeys()
  if (!isKnown) {
    return variant === 'primary' ? (
      <Callout tone="attention" title="This browser gives no passkeys here">
        Use the device or browser that has yours.
      </Callout>
    ) : null
  }
  return (
    <div className="grid gap-2">
      <Button
        size="lg"
        variant={variant}
        busy={signIn.isPending}
        onClick={() => signIn.mutate(undefined, { onSuccess: () => window.location.replace(next) })}
      >
        <KeyRound aria-hidden />
        Sign in with a passkey
      </Button>
      {signIn.error && (
        <Callout tone="danger" title="You were not signed in">
          {shownText(signIn.error.message)}
        </Callout>
      )}
    </div>
  )
}
