'use client'

import { ArrowDown, ArrowRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { ErrorState } from '@/components/ui/error-state'
import { Progress } from '@/components/ui/progress'
import { shownText } from '@/components/ui/shown'
import { ApiError } from '@/lib/client/api-error'
import { useCan } from '@/lib/client/session'
import { offerToken, receiveTokens } from '@/lib/client/token-handover'
import { describeProblem } from '@/lib/trust/engine/no-token'
import { decodeToken, type TokenKind } from '@/lib/trust/engine/token'
import { visibleText } from '@/lib/trust/unseen'
import { CompareTokens } from './compare-tokens'
import { countVerdicts, noTokenWords, refusalOf, summaryOf } from './explorer-words'
import { RankedTrusts } from './ranked-trusts'
import { TokenAnatomy } from './token-anatomy'
import { TokenBox } from './token-box'
import { type PointedMember, rangeOfMember } from './token-range'
import { useCandidates } from './use-candidates'
import { useNow } from './use-now'
import { useRecognition } from './use-recognition'
import { useRemoteKeys } from './use-remote-keys'
import { useTrustVerdicts } from './use-trust-verdicts'

/** Decodes a pasted token and lists which of the organization's trusts accept it, or why not. */
export function TokenExplorer() {
  const router = useRouter()
  const [token, setToken] = useState('')
  const [pointed, setPointed] = useState<PointedMember | null>(null)
  const stopReceiving = useRef(() => {})
  useEffect(() => {
    stopReceiving.current = receiveTokens(setToken)
    return () => stopReceiving.current()
  }, [])

  const { trusts, of, error, retry } = useCandidates(token)
  const now = useNow(token !== '', 5)
  const sources = useMemo(() => trusts?.flatMap(({ keys }) => keys) ?? [], [trusts])
  const keys = useRemoteKeys(sources, token !== '')
  const judged = useTrustVerdicts(token, trusts, keys, now)
  const decoded = useMemo(() => (token === '' ? null : decodeToken(token)), [token])
  const recognition = useRecognition(token, decoded?.claims.ok ? decoded.claims.value : null)
  const isNoToken =
    decoded !== null && (noTokens.includes(decoded.kind) || (decoded.kind === 'malformed' && !decoded.claims.ok))
  const found = judged && !isNoToken ? countVerdicts(judged, decoded?.claims.ok ? decoded.claims.value : {}) : null
  const isOfNone = found !== null && found.accepting === 0 && found.ofIssuer === 0 && found.nearIssuer === 0
  const canWrite = useCan('write')

  const results = useRef<HTMLDivElement>(null)
  const result = isNoToken && judged ? noTokenWords : found && summaryOf(found, of)
  // Why the nearest refuses it, where the list is out of sight.
  const nearest = found?.accepting === 0 && !isOfNone ? refusalOf(judged?.[0]) : null

  function open(href: string) {
    // Otherwise this page would receive the token that it hands over.
    stopReceiving.current()
    offerToken(token)
    router.push(href)
  }

  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Section title="Token contents" flush>
        <div className="grid gap-3 p-4">
          <TokenBox text={token} onText={setToken} takesPastes marked={pointed && rangeOfMember(token, pointed)} />
          {decoded?.problem && <Callout tone="attention">{shownText(describeProblem(decoded))}</Callout>}
          {/* On a phone, the trusts are far below. */}
          {result !== null && (
            <Button
              variant="link"
              className="h-auto justify-start whitespace-normal text-left lg:hidden"
              onClick={() => results.current?.scrollIntoView()}
            >
              <span>
                {result}
                {nearest && ` ${visibleText(nearest)}`}
              </span>
              <ArrowDown aria-hidden />
            </Button>
          )}
        </div>
        {decoded && now !== null && (
          <TokenAnatomy
            now={now}
            recognition={recognition}
            onPoint={setPointed}
            verdict={{
              header: decoded.header.ok ? decoded.header.value : null,
              claims: decoded.claims.ok ? decoded.claims.value : null,
            }}
          />
        )}
        {decoded?.claims.ok && <CompareTokens claims={decoded.claims.value} />}
      </Section>
      <Section title="Matching trusts" flush>
        <div ref={results} role="status" aria-label="Result" className="scroll-mt-28 px-4 py-2.5 text-compact">
          {token === '' && (
            <span className="text-muted-foreground">
              Paste a token to judge it by every trust. A header, a curl command or a log line with one will do.
            </span>
          )}
          {result}
        </div>
        {isOfNone && !of && canWrite && (
          <div className="px-4 pb-3">
            <Button size="sm" onClick={() => open('/identities/new')}>
              Set up a login with this token
              <ArrowRight aria-hidden />
            </Button>
          </div>
        )}
        {keys.isPending && <Progress value={null} label="Fetching keys" />}
        {error && !trusts && (
          <ErrorState title="The trusts could not be loaded" error={toFailure(error)} onRetry={retry} />
        )}
        {judged && judged.length > 0 && (
          <details open={!isNoToken} className="border-t">
            <summary className={cn('px-4 py-2 text-compact text-muted-foreground', !isNoToken && 'hidden')}>
              Show each trust’s checks anyway
            </summary>
            <RankedTrusts judged={judged} recognition={recognition} opensNearest={!isOfNone} onOpen={open} />
          </details>
        )}
      </Section>
    </div>
  )
}

/** Kinds of text of which every trust says the same. */
const noTokens: readonly TokenKind[] = ['jwe', 'saml', 'pem', 'json', 'sigv4', 'opaque', 'too-large']

const toFailure = (error: Error) => ({
  message: error.message,
  reqId: error instanceof ApiError ? error.reqId : undefined,
})
