'use client'

import { Section } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { snippetsOf } from '@/lib/client/snippets'
import type { StoredTrust } from '@/lib/client/trusts'
import type { IdentityKind } from '@/lib/trust/kinds'
import { isPattern } from '@/lib/trust/matchers/glob'

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
  const snippets = snippetsOf({ origin: window.location.origin, identityId, kind, audience: audienceOf(trust) })
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

/** An audience without pattern characters. */
function audienceOf({ rules }: StoredTrust): string | null {
  const rule = rules.find(({ path, matcher }) => path === 'aud' && 'values' in matcher)
  const values = rule && 'values' in rule.matcher ? rule.matcher.values : []
  return values.find((value) => !isPattern(value)) ?? null
}
