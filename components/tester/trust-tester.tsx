'use client'

import { FlaskConical, Inbox } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { Caution } from '@/components/posture/caution'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { type RecordedClaims as Recorded, takeClaims } from '@/lib/client/claims-handover'
import { receiveTokens } from '@/lib/client/token-handover'
import type { FixAnswer } from '@/lib/model/posture'
import type { BindWay } from '@/lib/trust/bind-way'
import { type ClaimValue, findClaim } from '@/lib/trust/claims'
import { decodeToken } from '@/lib/trust/engine/token'
import type { Check } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import { definitionOf, shownVerdict } from '@/lib/trust/kinds'
import type { TrustPolicy } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import type { CheckActs } from './check-row'
import type { FixOption } from './fix-options'
import { fixTitles } from './fix-titles'
import type { LoginOffer } from './real-login'
import { TokenBox } from './token-box'
import { type PointedMember, rangeOfCheck, rangeOfMember } from './token-range'
import { useClaimsVerdict } from './use-claims-verdict'
import { useNow } from './use-now'
import { useRecognition } from './use-recognition'
import { useRemoteKeys } from './use-remote-keys'
import { useTestIssuer } from './use-test-issuer'
import { preloadEngine, useVerdict } from './use-verdict'
import { VerdictBanner } from './verdict-banner'

// Loaded with the first token, and with what is opened.
const TestResults = onDemand(() => import('./test-results').then((module) => module.TestResults))
const RecordedResults = onDemand(() => import('./recorded-results').then((module) => module.RecordedResults))
const TestIssuer = onDemand(() => import('./test-issuer').then((module) => module.TestIssuer))
const CatchToken = onDemand(() => import('./catch-token').then((module) => module.CatchToken))

/** A token is likely to come. */
function preload() {
  preloadEngine()
  TestResults.preload()
}

/** Judges a pasted token by an unsaved draft in this browser, after every change of either. */
export function TrustTester({
  policy,
  leftOut,
  login,
  fieldLabelOf,
  onPoint,
  onGoTo,
  onBind,
  onReaddress,
  token: given,
  draft,
  onTake,
  onTestKey,
  onSample,
  caution,
  findings,
}: {
  /** The valid parts of the draft. */
  policy: TrustPolicy
  /** Labels of invalid fields, which are left out. */
  leftOut: readonly string[]
  login: LoginOffer
  fieldLabelOf: (check: Check) => string | null
  onPoint: (check: Check | null) => void
  onGoTo: (check: Check) => void
  /** Returns what undoes it; null where it could not be done. Absent for readers. */
  onBind?: (path: string, value: ClaimValue, claims: JsonObject | null, how?: BindWay) => Promise<(() => void) | null>
  onReaddress?: (from: string, to: string) => void
  /** A token from beside the tester: of a guided set-up. */
  token?: string
  /** The draft as it is judged, for proposals. */
  draft: JudgedPolicy
  /** Takes proposed rules. Absent for readers. */
  onTake?: (fix: FixAnswer) => void
  onTestKey?: (pem: string, endsAt: number) => void
  onSample: (sample: { token: string; claims: JsonObject } | null) => void
  caution: Caution | null
  findings: ReactNode
}) {
  const [token, setToken] = useState('')
  const [ip, setIp] = useState('')
  const [isCatching, setIsCatching] = useState(false)
  // Takes the handed-over token once; a later one is for the tester page.
  useEffect(() => receiveTokens(setToken)(), [])
  const [recorded, setRecorded] = useState<Recorded | null>(null)
  useEffect(() => {
    const claims = takeClaims()
    if (claims) setRecorded(claims)
  }, [])
  useEffect(() => {
    if (given) setToken(given)
  }, [given])

  const said = useMemo(() => {
    const { claims } = decodeToken(token)
    return claims.ok ? claims.value : null
  }, [token])
  useEffect(() => onSample(said && { token, claims: said }), [token, said, onSample])
  const recognition = useRecognition(token, said)

  const now = useNow(token !== '')
  const keys = useRemoteKeys(policy.keys, token !== '')
  const { kind } = login.place
  const { issuesTokens } = definitionOf(kind)
  const { verdict: judged, retry } = useVerdict({ token, policy, keys, now, ip })
  const ofClaims = useClaimsVerdict(token === '' ? recorded : null, policy)
  const verdict = judged ? shownVerdict(kind, judged) : ofClaims
  const issuer = useTestIssuer({ policy, onToken: setToken, onKey: onTestKey ?? (() => {}) })

  const claims = verdict?.claims ?? null
  const bind = onBind && ((path: string, value: ClaimValue, how?: BindWay) => onBind(path, value, claims, how))

  const [fixed, setFixed] = useState<{ words: string; undo: () => void } | null>(null)
  async function fix(option: FixOption) {
    if (option.kind === 'pipeline' || !onBind) return
    const value = claims ? findClaim(claims, option.path) : undefined
    const undo = value !== undefined ? await onBind(option.path, value, claims, option.kind) : null
    if (undo) setFixed({ words: `${fixTitles[option.kind]}: ${option.path} is ${option.after} now.`, undo })
  }

  const [pointed, setPointed] = useState<PointedMember | null>(null)
  const [pointedCheck, setPointedCheck] = useState<Check | null>(null)
  /** Shows the characters of a claim in the token, and the field of the rule that reads it. */
  function point(member: PointedMember | null) {
    setPointed(member)
    const ids = member?.part === 1 ? [member.name, `claim:${member.name}`] : []
    onPoint(verdict?.checks.find(({ id }) => ids.includes(id)) ?? null)
  }

  const marked = pointed ? rangeOfMember(token, pointed) : pointedCheck && rangeOfCheck(token, pointedCheck.id)

  const acts: Omit<CheckActs, 'optionsOf'> = {
    fieldLabelOf,
    onPoint(check) {
      setPointedCheck(check)
      onPoint(check)
    },
    onGoTo,
    onFix: onBind && fix,
    hasPatterns({ field }) {
      const at = /^rules\.(\d+)$/.exec(field ?? '')?.[1]
      return at !== undefined && policy.rules[Number(at)]?.matcher.kind === 'glob-any'
    },
    readdressOf({ id, suggestion }) {
      if (!onReaddress || suggestion === undefined || !id.startsWith('claim:')) return null
      return () => onReaddress(id.slice('claim:'.length), suggestion)
    },
  }

  return (
    <Section
      title="Try a token"
      flush
      actions={
        <>
          {onBind && !isCatching && (
            <Button size="sm" onClick={() => setIsCatching(true)}>
              <Inbox aria-hidden />
              Catch a token
            </Button>
          )}
          {onTestKey && !issuer.isOpen && (
            <Button size="sm" onClick={issuer.open}>
              <FlaskConical aria-hidden />
              Test issuer
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-3 p-4">
        <TokenBox text={token} onText={setToken} onIntent={preload} marked={marked} />
        {retry && (
          <Callout
            tone="danger"
            title="The checks could not be loaded"
            actions={
              <Button size="sm" onClick={retry}>
                Try again
              </Button>
            }
          >
            They could not be loaded. Check your connection.
          </Callout>
        )}
        {issuer.failure && <Callout tone="danger">{shownText(issuer.failure)}</Callout>}
      </div>
      {isCatching && <CatchToken draft={draft} onCaught={setToken} onClose={() => setIsCatching(false)} />}
      <div
        data-covers-top={verdict ? '' : undefined}
        className={cn('sticky top-12 z-10 bg-surface px-4 lg:top-0', verdict && 'pb-4')}
      >
        <VerdictBanner
          verdict={ofClaims ? null : verdict}
          leftOut={leftOut}
          isPending={keys.isPending}
          caution={caution}
        />
      </div>
      {fixed && (
        <p role="status" className="flex flex-wrap items-center gap-x-3 border-t px-4 py-2 text-compact">
          <span className="min-w-0 break-words">{shownText(fixed.words)}</span>
          <Button
            variant="link"
            size="sm"
            onClick={() => {
              fixed.undo()
              setFixed(null)
            }}
          >
            Undo
          </Button>
        </p>
      )}
      {(verdict?.accepted ?? true) && findings}
      {issuer.isOpen && (
        <div className="border-t p-4">
          <TestIssuer issuer={issuer} isAccepted={verdict?.accepted === true} />
        </div>
      )}
      {token === '' && (
        <p className="border-t px-4 py-3 text-compact text-muted-foreground">
          Paste a token to see every check against the form, saved or not.
          {onTestKey && ' No issuer at hand? “Test issuer” makes a key and a token in this tab.'}
        </p>
      )}
      {recorded && ofClaims && (
        <RecordedResults
          recorded={recorded}
          verdict={ofClaims}
          recognition={recognition}
          acts={acts}
          onForget={() => setRecorded(null)}
        />
      )}
      {verdict && now !== null && !ofClaims && (
        <TestResults
          verdict={verdict}
          now={now}
          token={token}
          policy={policy}
          draft={draft}
          keys={keys}
          recognition={recognition}
          acts={acts}
          login={login}
          findings={findings}
          from={issuesTokens ? { ip, onIp: setIp } : null}
          onTake={onTake}
          onBind={bind}
          onPoint={point}
        />
      )}
    </Section>
  )
}
