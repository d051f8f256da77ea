'use client'

import { Section } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { plainAudience, snippetsOf } from '@/lib/client/snippets'
import type { StoredTrust } from '@/lib/client/trusts'
import type { IdentityKind } from '@/lib/trust/kinds'

/** Snippets that log in with the saved trust. */
export function SnippetsSection({
  identityId,
  kind,
  trust,
}: {
  identityId: string
  kind: IdentityKind
  trust: StoredTrust
}) {
  const snippets = snippetsOf({
    origin: window.location.origin,
    identityId,
    kind,
    audience: plainAudience(trust.rules),
  })
  return (
    <Section title="Log in from your workload" description="With the values as they are saved.">
      <Tabs defaultValue={snippets[0]?.id}>
        <TabsList aria-label="Where the login runs">
          {snippets.map(({ id, title }) => (
            <TabsTrigger key={id} value={id}>
              {title}
            </TabsTrigger>
          ))}
        </TabsList>
        {snippets.map(({ id, title, where, code }) => (
          <TabsContent key={id} value={id} className="grid gap-2">
            <p className="text-compact text-muted-foreground">{where}</p>
            <CodeBlock label={`${title} snippet`} code={code} />
          </TabsContent>
        ))}
      </Tabs>
    </Section>
  )
}
