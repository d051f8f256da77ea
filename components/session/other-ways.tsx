'use client'

import { Button } from '@/components/ui/button'
import { shownText } from '@/components/ui/shown'
import { signInStartHref, useSignInWays } from '@/lib/client/session'
import { PasskeyButton } from './passkey-button'

/** Sign-in without a password: a passkey where any is registered, and a button for each active provider. */
export function OtherWays({
  next,
  onSignedIn,
  target,
}: {
  next: string
  onSignedIn: () => void
  /** Where a provider's page opens; default: here. */
  target?: '_blank'
}) {
  const { data: ways } = useSignInWays()
  if (!ways || (ways.providers.length === 0 && !ways.passkeys)) return null
  return (
    <nav aria-label="Other ways to sign in" className="mt-5 grid gap-2 border-t pt-5">
      {ways.passkeys && <PasskeyButton onSignedIn={onSignedIn} />}
      {ways.providers.map(({ id, name }) => (
        <Button key={id} asChild size="lg">
          <a href={signInStartHref(id, next)} target={target}>
            <span className="truncate">Sign in with {shownText(name)}</span>
          </a>
        </Button>
      ))}
    </nav>
  )
}
