'use client'

import { Section } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { plainAudience } from '@/lib/client/snippets'
import type { StoredTrust } from '@/lib/client/trusts'
import { TokenRequests } from './token-requests'

/** What to run on the workload: asking for a token as its platform does, and logging in with it. */
export function FirstLoginSteps({
  trust,
  command,
}: {
  trust: StoredTrust
  /** Gives the command that logs in, with the token in $JWT. */
  command: (audience: string) => string
}) {
  const audience = plainAudience(trust.rules) ?? window.location.origin
  return (
    <Section title="On the workload" description="With the values as they are saved.">
      <ol className="grid gap-4">
        <li className="grid gap-2">
          <h3 className="font-medium">1. Ask for a token</h3>
          <TokenRequests trust={trust} audience={audience} />
        </li>
        <li className="grid gap-2">
          <h3 className="font-medium">2. Log in with it</h3>
          <p className="text-compact text-muted-foreground">With the token in $JWT.</p>
          <CodeBlock label="login command" code={command(audience)} wrap />
        </li>
      </ol>
    </Section>
  )
}
