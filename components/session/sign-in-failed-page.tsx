'use client'

import { useSearchParams } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { PublicPageFrame } from './public-page-frame'
import { signInFailure } from './sign-in-failure'

/** Explains why a sign-in through a provider failed. */
export function SignInFailedPage() {
  const parameters = useSearchParams()
  const { title, advice } = signInFailure(parameters.get('reason'), parameters.get('check'))
  const decision = /^req-[A-Za-z0-9]{14}$/.exec(parameters.get('decision') ?? '')?.[0]
  return (
    <PublicPageFrame title="You were not signed in" description="The sign-in through the provider failed.">
      <div className="grid gap-4">
        <Callout tone="danger" title={title}>
          {shownText(advice)}
        </Callout>
        {decision && (
          <p className="text-compact text-muted-foreground">
            An admin finds every check under Activity. Give them this reference:{' '}
            <code className="font-mono">{decision}</code>
          </p>
        )}
        <Button asChild variant="primary" size="lg">
          <a href="/sign-in">Back to sign-in</a>
        </Button>
      </div>
    </PublicPageFrame>
  )
}
