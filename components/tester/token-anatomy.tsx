'use client'

import { useState } from 'react'
import { Recognised } from '@/components/posture/recognised'
import { CodeBlock } from '@/components/ui/code-block'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import type { RecognitionAnswer } from '@/lib/model/posture'
import type { BindWay } from '@/lib/trust/bind-way'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Verdict } from '@/lib/trust/engine/verdict'
import { stringifyJson } from '@/lib/trust/json/json'
import type { Lifetime } from '@/lib/trust/policy'
import { ClaimsTable } from './claims-table'
import { ClaimsTree } from './claims-tree'
import { HeaderTable } from './header-table'
import type { PointedMember } from './token-range'
import { ValidityBar } from './validity-bar'

/** Content of a token: validity, claims and header as tables, as a tree and as JSON. */
export function TokenAnatomy({
  verdict,
  now,
  lifetime,
  recognition = null,
  onBind,
  onPoint,
}: {
  verdict: Pick<Verdict, 'header' | 'claims'> & Partial<Pick<Verdict, 'checks'>>
  now: number
  /** Of the trust, for the zones in which clocks may differ. */
  lifetime?: Lifetime
  /** What is known of the issuer and its claims. */
  recognition?: RecognitionAnswer | null
  onBind?: (path: string, value: ClaimValue, how?: BindWay) => void
  /** Told which member is pointed at, so that its characters in the token are shown; null = none. */
  onPoint?: (member: PointedMember | null) => void
}) {
  const { header, claims, checks } = verdict
  const [shape, setShape] = useState('table')
  if (!header && !claims) return null
  const onPointHeader = (name: string | null) => onPoint?.(name === null ? null : { part: 0, name })
  const onPointClaim = (name: string | null) => onPoint?.(name === null ? null : { part: 1, name })
  return (
    <section aria-label="Contents" className="border-t">
      {recognition && claims && <Recognised recognition={recognition} />}
      {claims && <ValidityBar claims={claims} now={now} lifetime={lifetime} />}
      <Tabs value={shape} onValueChange={setShape}>
        <TabsList aria-label="Contents as" className="px-4">
          <TabsTrigger value="table">Table</TabsTrigger>
          <TabsTrigger value="tree">Tree</TabsTrigger>
          <TabsTrigger value="json">JSON</TabsTrigger>
        </TabsList>
        <TabsContent value="table" className="pt-0">
          {claims && <ClaimsTable {...{ claims, checks, now, recognition, onBind }} onPoint={onPointClaim} />}
          {header && (
            <div className="border-t">
              <h3 className="px-4 pt-2.5 pb-1 font-medium">Header</h3>
              <HeaderTable header={header} onPoint={onPointHeader} />
            </div>
          )}
        </TabsContent>
        <TabsContent value="tree" className="grid gap-3 px-4 pb-3">
          {claims && <ClaimsTree value={claims} />}
          {header && (
            <div className="grid gap-1">
              <h3 className="font-medium">Header</h3>
              <ClaimsTree value={header} />
            </div>
          )}
        </TabsContent>
        <TabsContent value="json" className="grid gap-2 px-4 pb-3">
          {claims && <CodeBlock label="claims" code={stringifyJson(claims, 2)} wrap />}
          {header && <CodeBlock label="header" code={stringifyJson(header, 2)} wrap />}
        </TabsContent>
      </Tabs>
    </section>
  )
}
