'use client'

import { CodeBlock } from '@/components/ui/code-block'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { stringifyJson } from '@/lib/trust/json/json'
import { ClaimsTable } from './claims-table'
import { ValidityBar } from './validity-bar'

/** Content of a token: validity, claims, header, and both as JSON. */
export function TokenAnatomy({
  verdict,
  now,
  onBind,
}: {
  verdict: Pick<Verdict, 'header' | 'claims'> & Partial<Pick<Verdict, 'checks'>>
  now: number
  onBind?: (path: string, value: ClaimValue) => void
}) {
  const { header, claims, checks } = verdict
  return (
    <>
      {claims && (
        <section aria-label="Claims" className="border-t">
          <h3 className="px-4 pt-2.5 font-medium">Claims</h3>
          <ValidityBar claims={claims} now={now} />
          <ClaimsTable claims={claims} checks={checks} now={now} onBind={onBind} />
        </section>
      )}
      {(header || claims) && (
        <details className="border-t">
          <summary className="px-4 py-2 font-medium">Header and claims as JSON</summary>
          <div className="grid gap-2 px-4 pb-3">
            {header && <CodeBlock label="header" code={stringifyJson(header, 2)} wrap />}
            {claims && <CodeBlock label="claims" code={stringifyJson(claims, 2)} wrap />}
          </div>
        </details>
      )}
    </>
  )
}
