'use client'

import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CodeBlock } from '@/components/ui/code-block'
import { shownText } from '@/components/ui/shown'
import { utcWords } from '@/components/ui/time-words'
import type { RecordedClaims as Recorded } from '@/lib/client/claims-handover'
import { claimsPass } from '@/lib/trust/engine/judge-claims'
import type { Verdict } from '@/lib/trust/engine/verdict'

/** Marks claims of a recorded login as what they are, unsigned, and says what the draft makes of them. */
export function RecordedClaims({
  recorded,
  verdict,
  onForget,
}: {
  recorded: Recorded
  verdict: Verdict
  onForget: () => void
}) {
  return (
    <div className="grid gap-3 border-t px-4 py-3">
      <Callout tone="attention" title="Unsigned claims of a recorded login">
        Only issuer, rules and times are judged, as of {utcWords(Date.parse(recorded.at))}. The token was not kept, so
        its keys and signature are not.
      </Callout>
      <div role="status" aria-label="Verdict on the claims" className="flex flex-wrap items-center gap-2">
        <Answer verdict={verdict} />
        <Button size="sm" variant="ghost" onClick={onForget}>
          Forget these claims
        </Button>
      </div>
      <details>
        <summary className="text-compact text-muted-foreground hover:text-foreground">Claims</summary>
        <CodeBlock code={JSON.stringify(recorded.claims, null, 2)} label="recorded claims" wrap />
      </details>
    </div>
  )
}

function Answer({ verdict }: { verdict: Verdict }) {
  const passes = claimsPass(verdict)
  if (passes === null) return <Badge tone="skipped">Cannot be told</Badge>
  if (passes) return <Badge tone="accepted">These claims pass</Badge>
  return (
    <>
      <Badge tone="refused">These claims are refused</Badge>
      <span className="min-w-0 break-words text-compact">{shownText(verdict.decisive?.message ?? '')}</span>
    </>
  )
}
