'use client'

import { CodeBlock } from '@/components/ui/code-block'
import { shownText } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import { useAnswer } from '@/lib/client/analysis/use-answer'
import { withAudience } from '@/lib/client/snippets'
import type { StoredTrust } from '@/lib/client/trusts'

/** How the workload of a trust asks its platform for a token. */
export function TokenRequests({ trust, audience }: { trust: StoredTrust; audience: string }) {
  const { issuer, keys, rules } = trust
  const { answer: requests } = useAnswer('tokenRequests', JSON.stringify([trust.id, trust.version]), () => ({
    policy: { issuer, keys, rules },
  }))
  return (
    <>
      {!requests && <Skeleton className="h-4 w-64 max-w-full" />}
      {requests?.length === 0 && (
        <p className="text-muted-foreground text-compact">Ask its issuer for a token, and put it into $JWT.</p>
      )}
      {requests?.map(({ title, snippet }) => (
        <div key={title} className="grid gap-1">
          <p className="text-compact text-muted-foreground">{shownText(title)}</p>
          <CodeBlock label="snippet" code={withAudience(snippet, audience)} wrap />
        </div>
      ))}
    </>
  )
}
