'use client'

import { Check, Undo2, Wrench } from 'lucide-react'
import { useMemo } from 'react'
import { ChangeLines } from '@/components/posture/change-lines'
import { FindingRow } from '@/components/posture/finding-row'
import { isAtLeast } from '@/components/posture/posture-words'
import { StrangersGrid } from '@/components/posture/strangers-grid'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { counted } from '@/components/ui/counted'
import { shownText } from '@/components/ui/shown'
import type { AnalysisAnswer, FindingAnswer, FixAnswer } from '@/lib/model/posture'
import type { TrustChange } from '../form/diff-trust'

export type JudgementActs = {
  /** Label of the field that a finding is about. */
  labelOf: (finding: FindingAnswer) => string
  onGoTo: (finding: FindingAnswer) => void
  /** What a fix would change, field by field. */
  changesOf: (fix: FixAnswer) => TrustChange[]
  /** Absent for readers. */
  onFix?: (fix: FixAnswer) => void
  /** The fix that was applied last, while what it set is unchanged. */
  applied: { label: string; undo: () => void } | null
}

/** What was found in a draft, with what mends it, and the strangers that it lets in. */
export function JudgedFindings({
  analysis,
  isCurrent,
  acts,
}: {
  analysis: AnalysisAnswer
  isCurrent: boolean
  acts: JudgementActs
}) {
  const { findings, strangers, unknown } = analysis
  const serious = findings.filter(({ severity }) => isAtLeast(severity, 'medium'))
  const minor = findings.filter(({ severity }) => !isAtLeast(severity, 'medium'))
  const row = (finding: FindingAnswer, at: number) => (
    <JudgedFinding key={`${finding.id} ${at}`} isFirst={at === 0} {...{ finding, isCurrent, acts }} />
  )
  return (
    <div className="divide-y border-t empty:border-t-0">
      {acts.applied && (
        <p className="flex items-start gap-x-2 px-4 py-2 text-compact">
          <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-accepted" />
          <span className="min-w-0 flex-1 break-words">
            <span className="font-medium">Done: </span>
            {shownText(acts.applied.label)}
          </span>
          <Button size="sm" variant="link" onClick={acts.applied.undo}>
            <Undo2 aria-hidden />
            Undo
          </Button>
        </p>
      )}
      {serious.length > 0 && <ul aria-label="Serious findings">{serious.map(row)}</ul>}
      <StrangersGrid
        strangers={strangers}
        actionOf={({ smallestFix }) =>
          smallestFix && <FixButton variant="link" {...{ fix: smallestFix, isCurrent, acts }} />
        }
      />
      {minor.length > 0 && (
        <details>
          <summary className="px-4 py-2 text-compact text-muted-foreground hover:text-foreground">
            {counted(minor.length, 'lesser finding')}
          </summary>
          <ul aria-label="Lesser findings" className="border-t">
            {minor.map(row)}
          </ul>
        </details>
      )}
      {unknown.length > 0 && (
        <p className="break-words px-4 py-2 text-compact text-muted-foreground">
          Not judged: {shownText(unknown.slice(0, 5).join('; '))}
        </p>
      )}
    </div>
  )
}

type OneProps = { isCurrent: boolean; acts: JudgementActs }

function JudgedFinding({ finding, isFirst, isCurrent, acts }: OneProps & { finding: FindingAnswer; isFirst: boolean }) {
  const { fix } = finding
  return (
    <FindingRow
      finding={finding}
      isOpen={isFirst}
      actions={
        <>
          {fix && <FixButton {...{ fix, isCurrent, acts }} />}
          <Button variant="link" size="sm" onClick={() => acts.onGoTo(finding)}>
            Go to {acts.labelOf(finding)}
          </Button>
        </>
      }
    >
      {fix && fix.changes.length > 0 && <FixChanges fix={fix} changesOf={acts.changesOf} />}
    </FindingRow>
  )
}

function FixChanges({ fix, changesOf }: { fix: FixAnswer; changesOf: JudgementActs['changesOf'] }) {
  // Not at every render of the form: a fix belongs to one draft.
  const changes = useMemo(() => changesOf(fix), [fix])
  return <ChangeLines changes={changes} />
}

/** A fix without changes is advice: only the owner knows the value, or it would accept more than before. */
function FixButton({
  fix,
  isCurrent,
  acts: { onFix },
  variant = 'secondary',
}: OneProps & { fix: FixAnswer; variant?: 'secondary' | 'link' }) {
  if (fix.changes.length === 0 || !onFix) return <span className="min-w-0 break-words">{shownText(fix.label)}</span>
  return (
    <Button
      size="sm"
      variant={variant}
      className={cn(
        'h-auto max-w-full shrink justify-start whitespace-normal text-left [overflow-wrap:anywhere]',
        variant === 'link' ? 'text-xs' : 'min-h-7 py-0.5',
      )}
      disabled={!isCurrent}
      onClick={() => onFix(fix)}
    >
      <Wrench aria-hidden />
      {shownText(fix.label)}
    </Button>
  )
}
