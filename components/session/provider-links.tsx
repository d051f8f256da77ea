'use client'

import { Button } from '@/components/ui/button'
import { signInStartHref, useSignInProviders } from '@/lib/client/session'

/** The other ways in, one button for each active provider; nothing where there is none. */
export function ProviderLinks({ next }: { next: string }) {
  const { data: providers = [] } = useSignInProviders()
  if (providers.length === 0) return null
  return (
    <nav aria-label="Other ways to sign in" className="mt-5 grid gap-2 border-t pt-5">
      {providers.map(({ id, name }) => (
        <Button key={id} asChild size="lg">
          <a href={signInStartHref(id, next)}>
            <span className="truncate">Sign in with {name}</span>
          </a>
        </Button>
      ))}
    </nav>
  )
}
