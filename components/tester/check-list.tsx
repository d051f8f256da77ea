'use client'

import type { Verdict } from '@/lib/trust/engine/verdict'
import { type CheckActs, CheckRow } from './check-row'

/** Every check of a verdict, in the engine's order; skipped ones are listed at the end. */
export function CheckList({ verdict, acts = {} }: { verdict: Verdict; acts?: CheckActs }) {
  const made = verdict.checks.filter(({ status }) => status !== 'skipped')
  const skipped = verdict.checks.filter(({ status }) => status === 'skipped')
  return (
    <>
      <ul aria-label="Checks" className="divide-y">
        {made.map((check, at) => (
          <CheckRow key={`${check.id} ${at}`} check={check} acts={acts} />
        ))}
      </ul>
      {skipped.length > 0 && (
        <details className="border-t">
          <summary className="px-4 py-1.5 text-compact text-muted-foreground hover:text-foreground">
            {skipped.length === 1 ? 'One check was not made' : `${skipped.length} checks were not made`}
          </summary>
          <ul aria-label="Checks that were not made" className="divide-y border-t">
            {skipped.map((check, at) => (
              <CheckRow key={`${check.id} ${at}`} check={check} acts={acts} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
