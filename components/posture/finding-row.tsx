import { BellOff, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import type { FindingAnswer } from '@/lib/model/posture'
import { ruleHref } from './posture-words'
import { SeverityChip } from './severity-chip'

/**
 * One finding in a list: severity and title, and when opened what is wrong with which value, a value that gets in, what it opens,
 * and actions.
 */
export function FindingRow({
  finding,
  isOpen = false,
  actions,
  children,
}: {
  finding: Omit<FindingAnswer, 'path'>
  /** Whether it is open at first. */
  isOpen?: boolean
  /** Buttons: go to the field, fix, mute. */
  actions?: ReactNode
  /** Below the actions: what a fix would change. */
  children?: ReactNode
}) {
  const { id, severity, title, message, witness, opens, blocks, mute } = finding
  return (
    <li data-finding={id} data-severity={severity} className="text-compact">
      <details open={isOpen} className="group">
        <summary className="flex items-center gap-x-2 px-4 py-1.5 hover:bg-muted/60 focus-visible:-outline-offset-2">
          {mute ? (
            <Badge tone="skipped" icon={BellOff}>
              Muted
            </Badge>
          ) : (
            <SeverityChip severity={severity} />
          )}
          <span className="min-w-0 flex-1 break-words py-0.5 font-medium">{shownText(title)}</span>
          <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground group-open:rotate-90" />
        </summary>
        <div className="grid gap-1.5 px-4 pt-0.5 pb-3 [overflow-wrap:anywhere]">
          <p className="break-words">{shownText(message)}</p>
          {witness !== undefined && (
            <p className="min-w-0">
              <span className="text-muted-foreground">For example </span>
              <code className="break-all rounded-sm bg-muted px-1 py-0.5 text-xs">{shownText(witness)}</code>
            </p>
          )}
          <p className="break-words text-muted-foreground">
            <span className="font-medium">It opens: </span>
            {shownText(opens)}
          </p>
          {mute && (
            <p className="break-words text-muted-foreground">
              <span className="font-medium">Muted</span> until <TimeAgo at={mute.until} />
              {mute.byName && <> by {shownText(mute.byName)}</>}: {shownText(mute.reason)}
            </p>
          )}
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
            {blocks && <Badge tone="refused">Blocks enabling</Badge>}
            {actions}
            <Link
              href={ruleHref(id)}
              className="rounded-sm text-accent-text text-compact underline-offset-4 hover:underline"
            >
              Why {shownText(id)}
            </Link>
          </div>
          {children}
        </div>
      </details>
    </li>
  )
}
