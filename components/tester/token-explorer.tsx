'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Progress } from '@/components/ui/progress'
import { shownText } from '@/components/ui/shown'
import { ApiError } from '@/lib/client/api-error'
import { offerToken, receiveTokens } from '@/lib/client/token-handover'
import { useAllTrusts } from '@/lib/client/trusts'
import { decodeToken } from '@/lib/trust/engine/token'
import { RankedTrusts } from './ranked-trusts'
import { TokenAnatomy } from './token-anatomy'
import { TokenBox } from './token-box'
import { useNow } from './use-now'
import { useRemoteKeys } from './use-remote-keys'
import { useTrustVerdicts } from './use-trust-verdicts'

/** Decodes a pasted token and lists which of the organization's trusts accept it, or why not. */
export function TokenExplorer() {
  const router = useRouter()
  const [token, setToken] = useState('')
  const stopReceiving = useRef(() => {})
  useEffect(() => {
    stopReceiving.current = receiveTokens(setToken)
    return () => stopReceiving.current()
  }, [])

  const trusts = useAllTrusts()
  const now = useNow(token !== '', 5)
  const sources = useMemo(() => trusts.data?.flatMap(({ keys }) => keys) ?? [], [trusts.data])
  const keys = useRemoteKeys(sources, token !== '')
  const judged = useTrustVerdicts(token, trusts.data, keys, now)
  const decoded = useMemo(() => (token === '' ? null : decodeToken(token)), [token])
  const accepting = judged?.filter(({ verdict, trust }) => verdict.accepted && trust.enabled).length ?? 0

  function open(href: string) {
    // Otherwise this page would receive the token that it hands over.
    stopReceiving.current()
    offerToken(token)
    router.push(href)
  }

  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Section title="What it says" flush>
        <div className="grid gap-3 p-4">
          <TokenBox text={token} onText={setToken} />
          {decoded?.problem && <Callout tone="attention">{shownText(decoded.problem)}</Callout>}
        </div>
        {decoded && now !== null && (
          <TokenAnatomy
            now={now}
            verdict={{
              header: decoded.header.ok ? decoded.header.value : null,
              claims: decoded.claims.ok ? decoded.claims.value : null,
            }}
          />
        )}
      </Section>
      <Section title="Which trusts accept it" flush>
        <div role="status" aria-label="Result" className="px-4 py-2.5 text-compact">
          {token === '' && <span className="text-muted-foreground">Paste a token to judge it by every trust.</span>}
          {judged && (judged.length === 0 ? 'There are no trusts yet.' : summary(accepting, judged.length))}
        </div>
        {keys.isPending && <Progress value={null} label="Fetching keys" />}
        {trusts.error && !trusts.data && (
          <ErrorState
            title="The trusts could not be loaded"
            error={toFailure(trusts.error)}
            onRetry={() => trusts.refetch()}
          />
        )}
        {judged && judged.length > 0 && (
          <div className="border-t">
            <RankedTrusts judged={judged} onOpen={open} />
          </div>
        )}
      </Section>
    </div>
  )
}

function summary(accepting: number, all: number): string {
  if (accepting === 0)
    return all === 1 ? 'The one trust refuses it.' : `None of ${all} trusts accepts it; the nearest first.`
  return `${accepting} of ${all} ${all === 1 ? 'trust accepts' : 'trusts accept'} it.`
}

const toFailure = (error: Error) => ({
  message: error.message,
  reqId: error instanceof ApiError ? error.reqId : undefined,
})
