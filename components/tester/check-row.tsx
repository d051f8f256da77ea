'use client'

import { ExternalLink } from 'lucide-react'
import { DifferenceView } from '@/components/layout/difference-view'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Shown, shownText } from '@/components/ui/shown'
import type { Check } from '@/lib/trust/engine/verdict'
import { visibleText } from '@/lib/trust/unseen'
import { FixChips } from './fix-chips'
import type { FixOption } from './fix-options'
import { StatusIcon } from './status-icon'

/** Actions on a check. */
export type CheckActs = {
  /** Label of the form field that the check belongs to; null when it concerns the token alone. */
  fieldLabelOf?: (check: Check) => string | null
  /** Called with the highlighted check, so that the form can highlight its field; null = none. */
  onPoint?: (check: Check | null) => void
  /** Goes to the check's field. */
  onGoTo?: (check: Check) => void
  /** What can be done about the check, in the order of offer. */
  optionsOf?: (check: Check) => FixOption[]
  /** Makes one of these changes of the trust. Absent for readers. */
  onFix?: (option: FixOption) => void
  /** Whether the expected values of the check may be patterns. */
  hasPatterns?: (check: Check) => boolean
  /** Why it fails, by what is known of the platform of the token; the likeliest first. */
  causesOf?: (check: Check) => readonly string[]
  /** The part of a standard that the check is about. */
  referenceOf?: (check: Check) => Reference | null
  /** Moves the rule to the address under which the token has the claim, where there is one. */
  readdressOf?: (check: Check) => (() => void) | null
}

export type Reference = { title: string; href: string }

/** One check: status and message in a line; for a failure or warning also expected, received and advice. */
export function CheckRow({ check, acts }: { check: Check; acts: CheckActs }) {
  const isOpen = check.status === 'fail' || check.status === 'warn'
  const label = acts.fieldLabelOf?.(check) ?? null
  const readdress = acts.readdressOf?.(check) ?? null
  const reference = isOpen ? (acts.referenceOf?.(check) ?? null) : null
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
            <DifferenceView expected={check.expected} received={check.received} isPattern={acts.hasPatterns?.(check)} />
            <Causes causes={acts.causesOf?.(check) ?? []} />
            {check.fix && (
              <p className="break-words">
                <Shown text={check.fix} />
              </p>
            )}
            {(label || readdress || reference) && (
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
                {reference && (
                  <a
                    href={reference.href}
                    target="_blank"
                    rel="noreferrer"
                    className="inline-flex items-center gap-1 rounded-sm text-muted-foreground underline decoration-dotted underline-offset-4 hover:text-foreground"
                  >
                    {reference.title}
                    <ExternalLink aria-label="opens in a new tab" className="size-3" />
                  </a>
                )}
              </div>
            )}
            <FixChips options={acts.optionsOf?.(check) ?? []} onChange={acts.onFix} />
          </>
        )}
      </div>
    </li>
  )
}

function Causes({ causes }: { causes: readonly string[] }) {
  if (causes.length === 0) return null
  return (
    <div className="grid gap-0.5">
      <p className="font-medium">{causes.length === 1 ? 'Likely cause' : 'Likely causes'}</p>
      <ul aria-label="Likely causes" className="grid gap-0.5">
        {causes.map((cause) => (
          <li key={cause} className="break-words">
            {shownText(cause)}
          </li>
        ))}
      </ul>
    </div>
  )
}
