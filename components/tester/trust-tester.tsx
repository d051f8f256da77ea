'use client'

import { FlaskConical } from 'lucide-react'
import { useEffect, useState } from 'react'
import { FormField } from '@/components/form/form-field'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'
import { shownText } from '@/components/ui/shown'
import { receiveTokens } from '@/lib/client/token-handover'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Check } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import { definitionOf, shownVerdict } from '@/lib/trust/kinds'
import type { TrustPolicy } from '@/lib/trust/policy'
import { bindableClaim } from './bindable-claim'
import { CheckList } from './check-list'
import type { CheckActs } from './check-row'
import { type LoginOffer, RealLogin } from './real-login'
import { TestIssuer } from './test-issuer'
import { TokenAnatomy } from './token-anatomy'
import { TokenBox } from './token-box'
import { useNow } from './use-now'
import { useRemoteKeys } from './use-remote-keys'
import { useTestIssuer } from './use-test-issuer'
import { useVerdict } from './use-verdict'
import { VerdictBanner } from './verdict-banner'

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
  onTestKey,
}: {
  /** The valid parts of the draft. */
  policy: TrustPolicy
  /** Labels of invalid fields, which are left out. */
  leftOut: readonly string[]
  login: LoginOffer
  fieldLabelOf: (check: Check) => string | null
  onPoint: (check: Check | null) => void
  onGoTo: (check: Check) => void
  /** Absent for readers. */
  onBind?: (path: string, value: ClaimValue, claims: JsonObject | null) => void
  onReaddress?: (from: string, to: string) => void
  onTestKey?: (pem: string) => void
}) {
  const [token, setToken] = useState('')
  const [ip, setIp] = useState('')
  // Takes the handed-over token once; a later one is for the tester page.
  useEffect(() => receiveTokens(setToken)(), [])

  const now = useNow(token !== '')
  const keys = useRemoteKeys(policy.keys, token !== '')
  const { kind } = login.place
  const { issuesTokens } = definitionOf(kind)
  const judged = useVerdict({ token, policy, keys, now, ip })
  const verdict = judged && shownVerdict(kind, judged)
  const issuer = useTestIssuer({ policy, onToken: setToken, onKey: onTestKey ?? (() => {}) })

  const claims = verdict?.claims ?? null
  const bind = onBind && ((path: string, value: ClaimValue) => onBind(path, value, claims))

  const acts: CheckActs = {
    fieldLabelOf,
    onPoint,
    onGoTo,
    bindOf(check) {
      const claim = bind ? bindableClaim(check, claims) : null
      return claim && (() => bind?.(claim.path, claim.value))
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
        onTestKey &&
        !issuer.isOpen && (
          <Button size="sm" onClick={issuer.open}>
            <FlaskConical aria-hidden />
            Test issuer
          </Button>
        )
      }
    >
      <div className="grid gap-3 p-4">
        <TokenBox text={token} onText={setToken} />
        {issuer.failure && <Callout tone="danger">{shownText(issuer.failure)}</Callout>}
      </div>
      <div className={cn('sticky top-0 z-10 bg-surface px-4', verdict && 'pb-4')}>
        <VerdictBanner verdict={verdict} leftOut={leftOut} isPending={keys.isPending} />
      </div>
      {issuer.isOpen && (
        <div className="px-4 pb-4">
          <TestIssuer issuer={issuer} />
        </div>
      )}
      {token === '' && (
        <p className="border-t px-4 py-3 text-compact text-muted-foreground">
          Paste a token to see every check against the form, saved or not.
          {onTestKey && ' No issuer at hand? “Test issuer” makes a key and a token in this tab.'}
        </p>
      )}
      {verdict && now !== null && (
        <>
          <div className="border-t">
            <CheckList verdict={verdict} acts={acts} />
          </div>
          <TokenAnatomy verdict={verdict} now={now} onBind={bind} />
          {issuesTokens && (
            <div className="grid gap-3 border-t p-4">
              <FormField label="Used from" help="An address, to see whether the access token could be used there.">
                {(wiring) => (
                  <Input
                    {...wiring}
                    mono
                    placeholder="10.1.2.3"
                    value={ip}
                    onChange={(event) => setIp(event.target.value)}
                  />
                )}
              </FormField>
              <RealLogin login={login} token={token} />
            </div>
          )}
        </>
      )}
    </Section>
  )
}
