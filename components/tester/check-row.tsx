'use client'

import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Shown } from '@/components/ui/shown'
import type { Check } from '@/lib/trust/engine/verdict'
import { visibleText } from '@/lib/trust/unseen'
import { DifferenceView } from './difference-view'
import { StatusIcon } from './status-icon'

/** Actions on a check. */
export type CheckActs = {
  /** Label of the form field that the check belongs to; null when it concerns the token alone. */
  fieldLabelOf?: (check: Check) => string | null
  /** Called with the highlighted check, so that the form can highlight its field; null = none. */
  onPoint?: (check: Check | null) => void
  /** Goes to the check's field. */
  onGoTo?: (check: Check) => void
  /** Requires what the token says, where that is possible. */
  bindOf?: (check: Check) => (() => void) | null
  /** Moves the rule to the address under which the token has the claim, where there is one. */
  readdressOf?: (check: Check) => (() => void) | null
}

/** One check: status and message in a line; for a failure or warning also expected, received and advice. */
export function CheckRow({ check, acts }: { check: Check; acts: CheckActs }) {
  const isOpen = check.status === 'fail' || check.status === 'warn'
  const label = acts.fieldLabelOf?.(check) ?? null
  const readdress = acts.readdressOf?.(check) ?? null
  const bind = check.status === 'fail' ? (acts.bindOf?.(check) ?? null) : null
  return (
    <li
      onMouseEnter={() => acts.onPoint?.(check)}
      onMouseLeave={() => acts.onPoint?.(null)}
      onFocus={() => acts.onPoint?.(check)}
      onBlur={() => acts.onPoint?.(null)}
      data-check={check.id}
      data-status={check.status}
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 px-4 py-1 text-compact hover:bg-muted/60 data-[status=fail]:py-2 data-[status=warn]:py-2"
    >
      <span className="pt-0.5">
        <StatusIcon status={check.status} trusted={check.trusted} />
      </span>
      <div className="grid min-w-0 gap-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className={isOpen ? 'font-medium' : undefined}>{check.title}</span>
          <span className="min-w-0 break-words text-muted-foreground">
            <Shown text={check.message} />
          </span>
          {!check.trusted && check.status !== 'skipped' && (
            <Badge tone="neutral" icon={null}>
              not trusted
            </Badge>
          )}
        </div>
        {isOpen && (
          <>
            <DifferenceView expected={check.expected} received={check.received} />
            {check.fix && (
              <p className="break-words">
                <Shown text={check.fix} />
              </p>
            )}
            {(label || bind || readdress) && (
              <div className="flex flex-wrap gap-x-4 gap-y-1">
                {label && acts.onGoTo && (
                  <Button variant="link" size="sm" onClick={() => acts.onGoTo?.(check)}>
                    Go to {label}
                  </Button>
                )}
                {readdress && (
                  <Button variant="link" size="sm" onClick={readdress}>
                    Use {visibleText(check.suggestion ?? '')}
                  </Button>
                )}
                {bind && (
                  <Button variant="link" size="sm" onClick={bind}>
                    Bind what the token says
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </div>
    </li>
  )
}
