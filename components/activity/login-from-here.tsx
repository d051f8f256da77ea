'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { shownText } from '@/components/ui/shown'
import { heldLogin } from '@/lib/client/held-login'
import { type LoginPlace, useRealLogin } from '@/lib/client/real-login'

/** Logs in with what this tab holds: the test issuer, or the token that was pasted. Nothing without either. */
export function LoginFromHere({ of, place }: { /** Id of the identity or issuer. */ of: string; place: LoginPlace }) {
  const [held] = useState(() => heldLogin(of))
  const login = useRealLogin(place)
  const first = useRef<HTMLButtonElement>(null)
  // The previous page had the focus; without this, the keyboard would start at the top of the navigation.
  useEffect(() => {
    if (document.activeElement === document.body) first.current?.focus({ preventScroll: true })
  }, [])
  if (!held) return null
  return (
    <Section
      title="From this page"
      description={`With a token of ${held.of}, as the workload would: it is sent to the login.`}
    >
      <div className="grid gap-3">
        <div>
          <Button
            ref={first}
            variant="primary"
            busy={login.isPending}
            onClick={async () => login.mutate(await held.token())}
          >
            Log in now
          </Button>
        </div>
        {login.data && (
          <p role="status" aria-label="Login from this page" className="text-compact">
            {shownText(login.data.message)}
          </p>
        )}
        {login.error && (
          <Callout tone="danger">The login could not be sent. Check your connection and try again.</Callout>
        )}
      </div>
    </Section>
  )
}
