'use client'

import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { Link } from '@/components/ui/link'
import { signInStartHref } from '@/lib/client/session'
import type { StoredTrust } from '@/lib/client/trusts'
import { signIn } from '@/lib/trust/kinds'
import { callbackOf } from './gateway-snippets'

/** What to do at the gateway and in a browser, so that the first sign-in arrives. */
export function FirstSignInSteps({ trust }: { trust: StoredTrust }) {
  const isOffered = signIn.is(trust) && trust.options.isOffered
  const start = signInStartHref(trust.id, '/')
  return (
    <Section title="At the gateway" description="It has authenticated the person, and sends their token here.">
      <ol className="grid gap-4">
        <li className="grid gap-2">
          <h3 className="font-medium">1. Let the gateway call Keybound</h3>
          <p className="text-compact text-muted-foreground">It proxies the browser’s request to this address.</p>
          <CodeBlock label="callback URL" code={callbackOf(window.location.origin)} wrap />
          <p className="text-compact">
            <Link href={`/providers/${trust.id}`} className="rounded-sm text-accent-text underline underline-offset-4">
              The provider’s page
            </Link>{' '}
            has the configuration for nginx, and a sample to run.
          </p>
        </li>
        <li className="grid gap-2">
          <h3 className="font-medium">2. Sign in</h3>
          {trust.enabled && isOffered ? (
            <>
              <p className="text-compact text-muted-foreground">
                Open it in a private window. In this window it would replace your session by the other person’s.
              </p>
              <CodeBlock label="sign-in address" code={`${window.location.origin}${start}`} wrap />
              <div>
                <Button asChild size="sm">
                  <a href={start} target="_blank" rel="noreferrer">
                    Open it here anyway
                  </a>
                </Button>
              </div>
            </>
          ) : (
            <p className="text-compact">
              {trust.enabled
                ? 'It is not offered on the sign-in page: another application begins the sign-in, through /v2/idp_intents.'
                : 'It is not active. Activate it first.'}
            </p>
          )}
        </li>
      </ol>
    </Section>
  )
}
