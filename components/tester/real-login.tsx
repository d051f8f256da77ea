'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { loginWithToken } from '@/lib/client/snippets'
import type { TrustPlace } from '@/lib/client/trusts'

/** The trust by which a token would log in, and whether it is the one on the page. */
export type LoginOffer = { place: TrustPlace; isSaved: boolean }

/**
 * Command of a real login with the pasted token. Shown on request only, because copying it takes the token out of this
 * tab.
 */
export function RealLogin({ login, token }: { login: LoginOffer; token: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const { place, isSaved } = login
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="sm" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? 'Hide the real login' : 'Log in for real'}
        </Button>
        <p className="text-compact text-muted-foreground">
          {isSaved ? 'As a command, with this token.' : 'Logins use the saved trust, so save first.'}
        </p>
      </div>
      {isOpen && (
        <>
          <CodeBlock label="login command" code={loginWithToken(window.location.origin, place, token)} wrap />
          <p className="text-compact text-muted-foreground">
            The command contains the token. Once you copy it, the token leaves this tab.
          </p>
        </>
      )}
    </div>
  )
}
