'use client'

import { Section } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { shownText } from '@/components/ui/shown'
import { useAnswer } from '@/lib/client/analysis/use-answer'
import { plainAudience, snippetsOf, withAudience } from '@/lib/client/snippets'
import type { StoredTrust } from '@/lib/client/trusts'
import type { IdentityKind } from '@/lib/trust/kinds'

/** What to run on the workload: asking for a token as its platform does, and logging in with it. */
export function FirstLoginSteps({
  identityId,
  kind,
  trust,
}: {
  identityId: string
  kind: IdentityKind
  trust: StoredTrust
}) {
  const { issuer, keys, rules } = trust
  const { answer: requests } = useAnswer('tokenRequests', JSON.stringify([trust.id, trust.version]), () => ({
    policy: { issuer, keys, rules },
  }))
  const audience = plainAudience(trust.rules) ?? window.location.origin
  const login = snippetsOf({ origin: window.location.origin, identityId, kind, audience }).find(
    ({ id }) => id === 'curl',
  )
  return (
    <Section title="On the workload" description="With the values as they are saved.">
      <ol className="grid gap-4">
        <li className="grid gap-2">
          <h3 className="font-medium">1. Ask for a token</h3>
          {requests?.length === 0 && (
            <p className="text-muted-foreground text-compact">Ask its issuer for a token, and put it into $JWT.</p>
          )}
          {requests?.map(({ title, snippet }) => (
            <div key={title} className="grid gap-1">
              <p className="text-compact text-muted-foreground">{shownText(title)}</p>
              <CodeBlock label="snippet" code={withAudience(snippet, audience)} wrap />
            </div>
          ))}
        </li>
        <li className="grid gap-2">
          <h3 className="font-medium">2. Log in with it</h3>
          <p className="text-compact text-muted-foreground">With the token in $JWT.</p>
          {login && <CodeBlock label="login command" code={login.code} wrap />}
        </li>
      </ol>
    </Section>
  )
}
