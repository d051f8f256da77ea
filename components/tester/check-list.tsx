'use client'

import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import { type CheckActs, CheckRow } from './check-row'

/**
 * The checks of a verdict: failures first, the decisive one at the top, then warnings; those that passed and those that were not made are
 * folded.
 */
export function CheckList({ verdict, acts = {} }: { verdict: Verdict; acts?: CheckActs }) {
  const of = (status: Check['status']) => verdict.checks.filter((check) => check.status === status)
  const isDecisive = (check: Check) => check === verdict.decisive || check.id === verdict.decisive?.id
  const failed = of('fail')
  const open = [...failed.filter(isDecisive), ...failed.filter((check) => !isDecisive(check)), ...of('warn')]
  const [passed, skipped] = [of('pass'), of('skipped')]
  return (
    <>
      {open.length > 0 && (
        <ul aria-label="Checks" className="divide-y">
          {open.map((check, at) => (
            <CheckRow key={`${check.id} ${at}`} check={check} acts={acts} />
          ))}
        </ul>
      )}
      <Folded title={`${passed.length} passed`} label="Checks that passed" checks={passed} acts={acts} />
      <Folded title={`${skipped.length} not made`} label="Checks that were not made" checks={skipped} acts={acts} />
    </>
  )
}

type FoldedProps = { title: string; label: string; checks: readonly Check[]; acts: CheckActs }

function Folded({ title, label, checks, acts }: FoldedProps) {
  if (checks.length === 0) return null
  return (
    <details className="border-t first:border-t-0">
      <summary className="px-4 py-1.5 text-compact text-muted-foreground hover:text-foreground">{title}</summary>
      <ul aria-label={label} className="divide-y border-t">
        {checks.map((check, at) => (
          <CheckRow key={`${check.id} ${at}`} check={check} acts={acts} />
        ))}
      </ul>
    </details>
  )
}
