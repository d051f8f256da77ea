'use client'

import type { ReactNode } from 'react'
import type { FixAnswer } from '@/lib/model/posture'
import type { BindWay } from '@/lib/trust/bind-way'
import type { ClaimValue } from '@/lib/trust/claims'
import type { Verdict } from '@/lib/trust/engine/verdict'
import type { TrustPolicy } from '@/lib/trust/policy'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { CheckList } from './check-list'
import { referenceOf } from './check-references'
import type { CheckActs } from './check-row'
import { CompareRefused } from './compare-refused'
import { CompareTokens } from './compare-tokens'
import { fixOptions } from './fix-options'
import { GrantedToken } from './granted-token'
import { JudgeEverywhere } from './judge-everywhere'
import { KeyMatch } from './key-match'
import { type LoginOffer, RealLogin } from './real-login'
import { RuleProposals } from './rule-proposals'
import { ServerParity } from './server-parity'
import { ShareVerdict } from './share-verdict'
import { TokenAnatomy } from './token-anatomy'
import type { PointedMember } from './token-range'
import { useLikelyCauses } from './use-likely-causes'
import type { useRecognition } from './use-recognition'
import type { RemoteKeys } from './use-remote-keys'
import { UsedFrom } from './used-from'

/** Everything that is said of a token once it was judged. Loaded with the first one. */
export function TestResults({
  verdict,
  now,
  token,
  policy,
  draft,
  keys,
  recognition,
  acts,
  login,
  findings,
  from,
  onTake,
  onBind,
  onPoint,
}: {
  verdict: Verdict
  now: number
  token: string
  policy: TrustPolicy
  draft: JudgedPolicy
  keys: RemoteKeys
  recognition: ReturnType<typeof useRecognition>
  acts: Omit<CheckActs, 'optionsOf'>
  login: LoginOffer
  /** What else is found, after what refuses the token. */
  findings: ReactNode
  /** The address that an access token would be used from; null where none is issued. */
  from: { ip: string; onIp: (ip: string) => void } | null
  onTake?: (fix: FixAnswer) => void
  onBind?: (path: string, value: ClaimValue, how?: BindWay) => void
  onPoint: (member: PointedMember | null) => void
}) {
  const { claims, grant } = verdict
  const causesOf = useLikelyCauses(policy, verdict)
  return (
    <>
      <div className="border-t">
        <CheckList
          verdict={verdict}
          acts={{ ...acts, causesOf, referenceOf, optionsOf: (check) => fixOptions(check, claims, recognition) }}
        />
      </div>
      {!verdict.accepted && findings}
      {grant && from && <GrantedToken grant={grant} />}
      {claims && <RuleProposals policy={draft} claims={claims} onTake={onTake} />}
      <KeyMatch policy={policy} keys={keys} verdict={verdict} />
      <TokenAnatomy
        verdict={verdict}
        now={now}
        lifetime={policy.lifetime}
        recognition={recognition}
        onBind={onBind}
        onPoint={onPoint}
      />
      {claims && <CompareTokens claims={claims} />}
      {claims && <CompareRefused claims={claims} place={login.place} />}
      <ShareVerdict verdict={verdict} />
      <div className="grid gap-3 border-t p-4">
        {from && <UsedFrom {...from} />}
        <JudgeEverywhere token={token} />
        <ServerParity token={token} draft={draft} ip={from?.ip ?? ''} verdict={verdict} />
        {from && <RealLogin login={login} token={token} />}
      </div>
    </>
  )
}
