import { DoorOpen, ShieldCheck } from 'lucide-react'
import { admittedOf, strangerWords } from '@/components/posture/posture-words'
import { RelationBadge, relationSentences } from '@/components/posture/relation-badge'
import { SeverityChip } from '@/components/posture/severity-chip'
import { cn } from '@/components/ui/cn'
import { shownText } from '@/components/ui/shown'
import type { Review } from '@/lib/client/analysis/questions'
import { isWidening } from '@/lib/model/change-demands'
import type { AnalysisAnswer, FindingAnswer } from '@/lib/model/posture'

/** What a change does on the whole: direction, findings gone and new, strangers before and after. */
export function ReviewBody({
  review: { comparison, relation, before, after },
  isSwitchedOn,
  shownElsewhere,
}: {
  review: Review
  /** Whether a stored trust is enabled that was not. */
  isSwitchedOn: boolean
  /** Rules whose findings are not repeated. */
  shownElsewhere: readonly string[]
}) {
  const raised = (comparison?.raised ?? after.findings).filter(({ id }) => !shownElsewhere.includes(id))
  const removed = comparison?.removed ?? []
  return (
    <div className="grid gap-3 text-compact">
      {comparison && (
        <p className="flex flex-wrap items-center gap-2">
          <RelationBadge relation={comparison.relation} />
          {relationSentences[comparison.relation]}
        </p>
      )}
      {isSwitchedOn && relation !== null && isWidening(relation) && (
        <p>It accepts tokens that it did not accept when it was last enabled.</p>
      )}
      <Strangers before={before} after={after} />
      <Findings title={comparison ? 'New findings' : 'Findings'} findings={raised} />
      <Findings title="Findings gone" findings={removed} isGone />
    </div>
  )
}

function Strangers({ before, after }: { before: AnalysisAnswer | null; after: AnalysisAnswer }) {
  const now = admittedOf(after.strangers)
  const words = strangerWords(now)
  if (words === null) return null
  const was = before && strangerWords(admittedOf(before.strangers)) !== null ? admittedOf(before.strangers) : null
  const known = new Set(before?.strangers.flatMap(({ story, admitted }) => (admitted ? [story] : [])))
  const added = was ? after.strangers.filter(({ story, admitted }) => admitted && !known.has(story)) : []
  const isSafe = now.admitted === 0
  const Icon = isSafe ? ShieldCheck : DoorOpen
  return (
    <div className="grid gap-1">
      <p className={cn('flex items-center gap-1.5 font-medium', isSafe ? 'text-accepted' : 'text-refused')}>
        <Icon aria-hidden className="size-4" />
        <span>
          {words}
          {was && was.admitted !== now.admitted && `, ${was.admitted} of ${was.total} before`}
        </span>
      </p>
      {added.length > 0 && (
        <ul aria-label="Strangers that newly get in" className="grid gap-0.5 pl-[1.375rem]">
          {added.map(({ story, title }) => (
            <li key={story}>
              <span aria-hidden>+ </span>
              {shownText(title)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Findings({
  title,
  findings,
  isGone = false,
}: {
  title: string
  findings: readonly FindingAnswer[]
  isGone?: boolean
}) {
  if (findings.length === 0) return null
  return (
    <section aria-label={title} className="grid gap-1">
      <h3 className="font-medium">{title}</h3>
      <ul className="grid gap-1">
        {findings.map(({ id, severity, title: name, message }, at) => (
          <li key={`${id} ${at}`} className="flex items-start gap-2">
            <SeverityChip severity={severity} className="shrink-0" />
            <span className="min-w-0 break-words">
              {isGone ? <s className="text-muted-foreground">{shownText(name)}</s> : shownText(message)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
