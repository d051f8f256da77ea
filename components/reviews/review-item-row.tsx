'use client'

import { Loader } from 'lucide-react'
import { useState } from 'react'
import { SeverityChip } from '@/components/posture/severity-chip'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { counted } from '@/components/ui/counted'
import { InRow } from '@/components/ui/in-row'
import { Link } from '@/components/ui/link'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { ReviewDetail, ReviewItem } from '@/lib/client/reviews'
import { useSession } from '@/lib/client/session'
import { type ItemDecision, itemDecisions } from '@/lib/model/access-review-facts'
import { severities } from '@/lib/trust/posture/finding'
import { visibleText } from '@/lib/trust/unseen'
import type { Verdict } from './decide-dialog'
import { itemHref } from './item-links'
import { SetAside } from './set-aside'

const DecideDialog = onDemand(() => import('./decide-dialog').then((module) => module.DecideDialog))

/** Items that are taken so soon after the start are of its time, which the page says once. */
const soonMs = 15 * 60_000
const isLater = (takenAt: string, startedAt: string) => Date.parse(takenAt) - Date.parse(startedAt) > soonMs

const kindWords: Record<string, string> = {
  identity: 'Identity',
  trust: 'Trust',
  person: 'Person',
  token: 'Access token',
}

/**
 * A thing in a review: what it allowed, what changed since, what was decided, and the decisions that can be made. One Tab stop, its link
 * where it has one; arrow keys lead to the rest, as in the rows of tables.
 */
export function ReviewItemRow({
  item,
  review,
  selection,
}: {
  item: ReviewItem
  review: ReviewDetail
  /** Null where it cannot be selected. */
  selection: { isOn: boolean; onChange: (number: number, isOn: boolean) => void } | null
}) {
  const { name, kind, snapshot, now, changes, takenAt, decision, isWide } = item
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const href = itemHref(item)
  const shown = now ?? snapshot
  const { data: session } = useSession()
  const isOpen = review.mayDecide && review.state !== 'closed' && decision !== 'removed'
  const isOwn = kind === 'person' && item.thingId === session?.user.id
  const canDecide = isOpen && !isOwn
  const stop = href ? 'link' : selection ? 'selection' : 'acts'
  const tabIndex = stop === 'acts' ? 0 : -1
  return (
    <li data-row className="grid gap-2 px-4 py-3 print:gap-0.5 print:px-2 print:py-1">
      <InRow.Provider value>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {selection && (
            <Checkbox
              className="print:hidden"
              tabIndex={stop === 'selection' ? 0 : -1}
              aria-label={`Select ${visibleText(name)}`}
              checked={selection.isOn}
              onCheckedChange={(isOn) => selection.onChange(item.number, isOn === true)}
            />
          )}
          <h3 className="min-w-0 break-words font-medium">
            {href ? (
              <Link href={href} data-row-link className="underline underline-offset-2">
                {shownText(name)}
              </Link>
            ) : (
              shownText(name)
            )}
          </h3>
          <Badge icon={null}>{kindWords[kind] ?? kind}</Badge>
          {(decision !== 'undecided' || review.state === 'closed') && <DecisionBadge decision={decision} />}
          {isWide && <Badge tone="attention">Wide</Badge>}
        </div>
        {snapshot && <p className="max-w-prose break-words text-compact">{shownText(snapshot.sentence)}</p>}
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-compact text-muted-foreground">
          {shown?.ownerName && kind === 'trust' && <span>of {shownText(shown.ownerName)}</span>}
          {shown?.role && <span>role {shownText(shown.role)}</span>}
          <span>
            {shown?.lastUsedAt ? (
              <>
                last used <TimeAgo at={shown.lastUsedAt} />
              </>
            ) : (
              'not used so far'
            )}
          </span>
          {snapshot?.strangers && (
            <span>
              {snapshot.strangers.admitted} of {counted(snapshot.strangers.total, 'attack story', 'attack stories')} get
              in
            </span>
          )}
          {isLater(takenAt, review.createdAt) && (
            <span>
              taken <TimeAgo at={takenAt} />
            </span>
          )}
        </p>
        <Judging item={item} />
        <Findings findings={snapshot?.findings ?? []} />
        {changes.length > 0 && decision !== 'removed' && (
          <Callout tone="attention" title="Changed since it was collected">
            <ul className="grid gap-0.5">
              {changes.map((change) => (
                <li key={change}>{shownText(change)}</li>
              ))}
            </ul>
          </Callout>
        )}
        <Decided item={item} />
        {item.aside && <SetAside reviewId={review.id} reason={item.aside} mayCompare={isOpen} />}
        {isOpen && isOwn && <p className="text-compact">This is you, so another admin decides.</p>}
        {canDecide && (
          <div className="flex flex-wrap gap-2 print:hidden">
            {now && decision !== 'kept' && (
              <Button
                size="sm"
                tabIndex={tabIndex}
                aria-label={`Keep ${name}`}
                disabled={now.judged === 'waiting'}
                onClick={() => setVerdict('keep')}
              >
                Keep
              </Button>
            )}
            {now && kind !== 'token' && decision !== 'narrowing' && (
              <Button size="sm" tabIndex={tabIndex} aria-label={`Narrow ${name}`} onClick={() => setVerdict('narrow')}>
                Narrow
              </Button>
            )}
            {decision === 'narrowing' && href && (
              <Button asChild size="sm">
                <Link href={href} tabIndex={tabIndex}>
                  Open {kind === 'trust' ? 'the editor' : 'its page'}
                </Link>
              </Button>
            )}
            <Button size="sm" tabIndex={tabIndex} aria-label={`Remove ${name}`} onClick={() => setVerdict('remove')}>
              {kind === 'token' ? 'Revoke' : 'Remove'}
            </Button>
          </div>
        )}
      </InRow.Provider>
      {verdict && <DecideDialog item={item} reviewId={review.id} verdict={verdict} onClose={() => setVerdict(null)} />}
    </li>
  )
}

function Findings({ findings }: { findings: NonNullable<ReviewItem['snapshot']>['findings'] }) {
  if (findings.length === 0) return null
  return (
    <ul
      aria-label="Findings"
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 gap-y-1 text-compact print:flex print:flex-wrap print:gap-y-0"
    >
      {findings.map(({ id, severity, title }) => (
        <li
          key={id}
          className="col-span-2 grid grid-cols-subgrid items-center justify-items-start print:flex print:gap-1"
        >
          <SeverityChip severity={severities.find((one) => one === severity) ?? 'info'} />
          <span className="min-w-0 break-words">{shownText(title)}</span>
        </li>
      ))}
    </ul>
  )
}

/** That findings are missing, where they are. */
function Judging({ item: { now, snapshot, decision } }: { item: ReviewItem }) {
  if (decision === 'removed') return null
  const judged = (now ?? snapshot)?.judged
  if (judged === 'waiting') {
    return (
      <p role="status" className="flex items-center gap-1.5 text-compact text-muted-foreground">
        <Loader aria-hidden className="size-3.5" /> Being judged: its findings will appear here.
      </p>
    )
  }
  if (judged !== 'failed') return null
  return <p className="text-compact">It could not be judged: findings and attack stories are not known.</p>
}

function Decided({ item: { decision, decidedAt, decidedByName, reason, former } }: { item: ReviewItem }) {
  if (decision === 'undecided' || !decidedAt) return null
  return (
    <div className="grid gap-0.5 break-words text-compact">
      <p>
        {itemDecisions[decision]} by {shownText(decidedByName ?? 'a former actor')} <TimeAgo at={decidedAt} />
        {reason && <>: {shownText(reason)}</>}
      </p>
      {former && (
        <p className="text-muted-foreground">
          Overrides “{itemDecisions[former.decision]}” by {shownText(former.decidedByName ?? 'a former actor')}
          {former.decidedAt && (
            <>
              {' '}
              <TimeAgo at={former.decidedAt} />
            </>
          )}
          {former.reason && <>: {shownText(former.reason)}</>}
        </p>
      )}
    </div>
  )
}

const tones: Record<ItemDecision, BadgeTone> = {
  undecided: 'neutral',
  kept: 'accepted',
  narrowing: 'attention',
  narrowed: 'accepted',
  removed: 'refused',
}

const DecisionBadge = ({ decision }: { decision: ItemDecision }) => (
  <Badge tone={tones[decision]}>{itemDecisions[decision]}</Badge>
)
