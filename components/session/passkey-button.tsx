'use client'

import { KeyRound } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { useKnowsPasskeys, useSignInWithPasskey } from '@/lib/client/passkeys'

/** Signs in with a passkey, where the browser supports them; then calls `onSignedIn`. */
export function PasskeyButton({
  onSignedIn,
  variant = 'secondary',
}: {
  onSignedIn: () => void
  variant?: 'primary' | 'secondary'
}) {
  const signIn = useSignInWithPasskey()
  const isKnown = useKnowsPasskeys()
  if (!isKnown) {
    return variant === 'primary' ? (
      <Callout tone="attention" title="Passkeys are not available here">
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
        onClick={() => signIn.mutate(undefined, { onSuccess: onSignedIn })}
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
