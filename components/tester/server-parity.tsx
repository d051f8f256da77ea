'use client'

import { Server } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Shown, shownText } from '@/components/ui/shown'
import { useEvaluate } from '@/lib/client/evaluate'
import type { Verdict } from '@/lib/trust/engine/verdict'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'

/** On request, has the server judge the same token by the same draft, and says where the two verdicts differ. */
export function ServerParity({
  token,
  draft,
  ip,
  verdict,
}: {
  token: string
  draft: JudgedPolicy
  ip: string
  verdict: Verdict
}) {
  const evaluation = useEvaluate()
  const { mutate, variables, isPending } = evaluation
  const asked = { token, draft, ip: ip.trim() }
  // An answer is about the token and the draft that were sent.
  const isCurrent = JSON.stringify(variables) === JSON.stringify(asked)
  const { data, error } = isCurrent ? evaluation : { data: undefined, error: null }
  const differing = data ? differencesOf(verdict, data.checks) : []
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button size="sm" disabled={isPending} onClick={() => mutate(asked)}>
          <Server aria-hidden />
          Judge on the server, too
        </Button>
        <p className="text-compact text-muted-foreground">
          Sends the token to this server, which stores neither the token nor the verdict.
        </p>
      </div>
      <div role="status" aria-label="Answer of the server">
        {error && <Callout tone="danger">{shownText(error.message)}</Callout>}
        {data && differing.length === 0 && (
          <p className="text-compact">The server comes to the same verdict, check by check.</p>
        )}
        {differing.length > 0 && (
          <Callout
            tone="attention"
            title={`The server ${data?.accepted ? 'accepts' : 'refuses'} it, with other checks`}
          >
            <ul className="grid gap-0.5">
              {differing.map(({ title, message }) => (
                <li key={title}>
                  <span className="font-medium">{title}</span>: <Shown text={message} />
                </li>
              ))}
            </ul>
          </Callout>
        )}
      </div>
    </div>
  )
}

type Said = { id: string; status: string; title: string; message: string }

/** The checks of the server that ended otherwise, in its order. Several rules on a claim have one id. */
function differencesOf({ checks }: Verdict, theirs: readonly Said[]): Said[] {
  const ours = new Map<string, number>()
  const keyOf = ({ id, status }: Pick<Said, 'id' | 'status'>) => `${id} ${status}`
  for (const check of checks) ours.set(keyOf(check), (ours.get(keyOf(check)) ?? 0) + 1)
  return theirs.filter((check) => {
    const left = ours.get(keyOf(check)) ?? 0
    ours.set(keyOf(check), left - 1)
    return left === 0
  })
}
