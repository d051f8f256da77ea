'use client'

import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Shown, shownText } from '@/components/ui/shown'
import { useAnswer } from '@/lib/client/analysis/use-answer'
import type { FixAnswer } from '@/lib/model/posture'
import type { ProposalAnswer } from '@/lib/model/proposal-answers'
import { decodeToken } from '@/lib/trust/engine/token'
import { type JsonObject, stringifyJson } from '@/lib/trust/json/json'
import { describeMatcher } from '@/lib/trust/matchers'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { TokenBox } from './token-box'

/** Rules that accept the token at hand, or two of them, each with the strangers that it would let in before it is taken. */
export function RuleProposals({
  policy,
  claims,
  onTake,
}: {
  policy: JudgedPolicy
  claims: JsonObject
  /** Absent for readers. */
  onTake?: (fix: FixAnswer) => void
}) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className="border-t" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="px-4 py-2 font-medium">Propose rules from this token</summary>
      {isOpen && <Proposals {...{ policy, claims, onTake }} />}
    </details>
  )
}

function Proposals({ policy, claims, onTake }: Parameters<typeof RuleProposals>[0]) {
  const [second, setSecond] = useState('')
  const other = decodeToken(second).claims
  const tokens = other.ok ? [claims, other.value] : [claims]
  // The change that takes a proposal is one of this draft.
  const key = `${JSON.stringify(policy)} ${stringifyJson(claims)} ${second}`
  const { answer, isCurrent } = useAnswer('propose', key, () => ({
    policy,
    tokens,
    now: Math.floor(Date.now() / 1000),
  }))
  return (
    <div className="grid gap-3 px-4 pb-4">
      <p className="text-compact text-muted-foreground">
        With a second token of the same workload, what both share is kept and what varies is proposed as a list or a
        pattern.
      </p>
      <TokenBox label="Second token" text={second} onText={setSecond} />
      <div role="status" className="text-compact">
        {!isCurrent && 'Looking for rules …'}
        {isCurrent &&
          answer?.length === 0 &&
          'These tokens are from several issuers, or have no claim that is the same in every run.'}
      </div>
      {isCurrent && answer?.map((one) => <ProposedRules key={one.id} proposal={one} onTake={onTake} />)}
    </div>
  )
}

function ProposedRules({ proposal, onTake }: { proposal: ProposalAnswer; onTake?: (fix: FixAnswer) => void }) {
  const { fix, rules, strangers } = proposal
  return (
    <section aria-label={fix.label} className="grid gap-2 rounded-md border p-3">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h4 className="font-medium">{shownText(fix.label)}</h4>
        {onTake && (
          <Button size="sm" onClick={() => onTake(fix)}>
            Take these rules
          </Button>
        )}
      </div>
      <ul className="grid gap-0.5 break-all font-mono text-compact">
        {rules.map(({ path, matcher }) => (
          <li key={path}>
            <span className="font-medium">
              <Shown text={path} />
            </span>{' '}
            <Shown text={describeMatcher(matcher)} />
          </li>
        ))}
      </ul>
      {!strangers && (
        <p className="text-compact text-muted-foreground">For this issuer, it is not known who else gets in.</p>
      )}
      {strangers && (
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-compact">
          <Badge tone={strangers.admitted.length > 0 ? 'attention' : 'accepted'}>
            {strangers.admitted.length === 0
              ? `No stranger of ${strangers.total} gets in`
              : `${strangers.admitted.length} of ${strangers.total} strangers get in`}
          </Badge>
          {strangers.admitted.length > 0 && (
            <span className="min-w-0 break-words text-muted-foreground">
              {shownText(strangers.admitted.join(' · '))}
            </span>
          )}
        </div>
      )}
    </section>
  )
}
