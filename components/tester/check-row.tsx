'use client'

import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Shown } from '@/components/ui/shown'
import type { Check } from '@/lib/trust/engine/verdict'
import { visibleText } from '@/lib/trust/unseen'
import { DifferenceView } from './difference-view'
import { StatusIcon } from './status-icon'

/** What one may do from a check. */
export type CheckActs = {
  /** The form field that asked, by its name; null when it is the token's own matter. */
  fieldLabelOf?: (check: Check) => string | null
  /** Told which check is looked at, so that the form can light up its field; null = none any more. */
  onPoint?: (check: Check | null) => void
  /** Goes to the field that asked. */
  onGoTo?: (check: Check) => void
  /** Demands what the token says, where that can be done. */
  bindOf?: (check: Check) => (() => void) | null
  /** Moves the rule to the address under which the token has the claim, where there is one. */
  readdressOf?: (check: Check) => (() => void) | null
}

/** One check: its status and sentence in a line; when it failed or warns, what was expected, received and can be done. */
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
