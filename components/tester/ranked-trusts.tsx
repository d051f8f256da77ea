'use client'

import { ArrowRight, ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { FrozenMark } from '@/components/layout/frozen-trust'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { trustHref } from '@/lib/client/trust-href'
import { methodName } from '@/lib/client/words'
import type { RecognitionAnswer } from '@/lib/model/posture'
import { StatusIcon } from './status-icon'
import { demandsNothing } from './trust-ranking'
import type { JudgedTrust } from './use-trust-verdicts'

const TrustChecks = onDemand(() => import('./trust-checks').then((module) => module.TrustChecks))

/** Maximum number of rows; the nearest come first. */
const shownMax = 50

/** The organization's trusts: those that accept the token first, then the nearest, each with its decisive check. */
export function RankedTrusts({
  judged,
  recognition,
  opensNearest,
  onOpen,
}: {
  judged: readonly JudgedTrust[]
  recognition: RecognitionAnswer | null
  /** Whether why the nearest refuses the token is seen at once. */
  opensNearest: boolean
  /** Opens a trust's editor with the token. */
  onOpen: (href: string) => void
}) {
  useEffect(() => TrustChecks.preload(), [])
  return (
    <>
      <ul aria-label="Trusts" className="divide-y">
        {judged.slice(0, shownMax).map((one, at) => (
          <RankedTrust
            key={one.trust.id}
            {...one}
            recognition={recognition}
            isNearest={opensNearest && at === 0 && !one.verdict.accepted}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {judged.length > shownMax && (
        <p className="border-t px-4 py-2 text-compact text-muted-foreground">
          The nearest {shownMax} of {judged.length} trusts are shown.
        </p>
      )}
    </>
  )
}

function RankedTrust({
  trust,
  verdict,
  recognition,
  isNearest,
  onOpen,
}: JudgedTrust & {
  recognition: RecognitionAnswer | null
  isNearest: boolean
  onOpen: (href: string) => void
}) {
  // Rows with twenty checks each are rendered only when opened.
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? isNearest
  const failed = verdict.checks.filter(({ status }) => status === 'fail').length
  const name = trust.identityName ?? trust.name
  const href = trustHref(trust)
  // Accepted, and so would be every other token of its keys.
  const isOpenToAll = verdict.accepted && demandsNothing(verdict.checks)
  const message = verdict.accepted
    ? verdict.checks.find(({ id }) => id === 'grant')?.message
    : `${verdict.decisive?.title}: ${verdict.decisive?.message}`
  return (
    <li data-trust={trust.id} data-accepted={verdict.accepted} data-decisive={verdict.decisive?.id}>
      <details
        className="group"
        open={isOpen}
        onToggle={({ currentTarget: { open } }) => {
          if (open !== isOpen) setChosen(open)
        }}
      >
        <summary data-row-link className="flex items-start gap-3 px-4 py-2.5 hover:bg-muted/60">
          <StatusIcon status={verdict.accepted ? (trust.enabled && !isOpenToAll ? 'pass' : 'warn') : 'fail'} />
          <span className="grid min-w-0 flex-1 gap-0.5">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="break-words font-medium">{shownText(name)}</span>
              <Badge icon={null}>{methodName(trust.kind)}</Badge>
              {!trust.enabled && <Badge tone="attention">switched off</Badge>}
              <FrozenMark of={{ trustId: trust.id }} />
              <span className="text-compact text-muted-foreground">
                {isOpenToAll
                  ? 'accepts it, and every other token of its keys'
                  : verdict.accepted
                    ? 'accepts it'
                    : `${failed} ${failed === 1 ? 'check fails' : 'checks fail'}`}
              </span>
            </span>
            <span className="break-words text-compact text-muted-foreground">{shownText(message)}</span>
          </span>
          <ChevronRight aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground group-open:rotate-90" />
        </summary>
        {isOpen && (
          <div className="border-t bg-background">
            <div className="flex justify-end px-4 pt-2">
              {href && (
                <Button size="sm" className="min-w-0 max-w-full" onClick={() => onOpen(href)}>
                  <span className="truncate">{shownText(`Open ${name} with this token`)}</span>
                  <ArrowRight aria-hidden />
                </Button>
              )}
            </div>
            <TrustChecks trust={trust} verdict={verdict} recognition={recognition} />
          </div>
        )}
      </details>
    </li>
  )
}
