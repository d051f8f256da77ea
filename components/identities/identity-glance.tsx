'use client'

import { type ReactNode, useState } from 'react'
import { FindingRow } from '@/components/posture/finding-row'
import { Card, Section } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { lastMax, useLastDecisions } from '@/lib/client/decisions'
import type { Identity } from '@/lib/client/identities'
import { usePostureOfIdentities } from '@/lib/client/posture'
import { tokenState } from '@/lib/client/token-state'
import { useTokens } from '@/lib/client/tokens'
import { loginDays } from './login-days'

const stripDays = 30

/** Logins of thirty days, the last refusal, and live tokens of an identity. */
export function IdentityGlance({ identity }: { identity: Identity }) {
  const [now] = useState(() => Date.now())
  const { data: last } = useLastDecisions(identity.id)
  const { data: tokens } = useTokens({ identityId: identity.id, limit: 100 })
  const refusal = last?.rows.find(({ accepted }) => !accepted)
  const live = tokens?.tokens.filter((token) => tokenState(token, now) === 'live').length
  const isMore = tokens && (tokens.total === null || tokens.total > tokens.tokens.length)
  return (
    <Card className="col-span-full grid divide-y lg:grid-cols-[2fr_2fr_1fr] lg:divide-x lg:divide-y-0">
      <Fact label={`Logins, ${stripDays} days`}>
        {!last ? (
          pending
        ) : last.rows.length === 0 ? (
          <span className="text-muted-foreground">None</span>
        ) : (
          <Strip days={loginDays(last.rows, last.isAll, now, stripDays)} identityId={identity.id} />
        )}
        {last && !last.isAll && (
          <p className="pt-1 text-muted-foreground text-xs">
            Days of the last {lastMax} decisions; earlier ones are blank.
          </p>
        )}
      </Fact>
      <Fact label="Last refusal">
        {!last ? (
          pending
        ) : refusal ? (
          <>
            <Link href={`/activity/${refusal.id}`} className="break-words rounded-sm hover:text-accent-text">
              {shownText(refusal.message)}
            </Link>{' '}
            <TimeAgo at={refusal.lastAt ?? refusal.at} className="text-compact text-muted-foreground" />
          </>
        ) : (
          <span className="text-muted-foreground">None</span>
        )}
      </Fact>
      <Fact label="Live access tokens">
        {live === undefined ? (
          pending
        ) : (
          <Link href={`/identities/${identity.id}?tab=tokens`} className="rounded-sm hover:text-accent-text">
            <span className="font-semibold text-lg tabular-nums">{live.toLocaleString('en')}</span>
            {isMore && (
              <span className="text-compact text-muted-foreground"> of the newest {tokens.tokens.length}</span>
            )}
          </Link>
        )}
      </Fact>
    </Card>
  )
}

const pending = <Skeleton className="h-6 w-full" />

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 px-4 py-3">
      <h2 className="pb-1.5 text-compact text-muted-foreground">{shownText(label)}</h2>
      {children}
    </div>
  )
}

function Strip({ days, identityId }: { days: ReturnType<typeof loginDays>; identityId: string }) {
  const accepted = days.reduce((sum, day) => sum + day.accepted, 0)
  const refused = days.reduce((sum, day) => sum + day.refused, 0)
  const top = Math.max(1, ...days.map((day) => day.accepted + day.refused))
  const height = (count: number) => (count === 0 ? 0 : Math.max(2, (count / top) * 24))
  return (
    <Link
      href={`/activity?identity=${identityId}`}
      aria-label={`${accepted} accepted and ${refused} refused in ${days.length} days`}
      className="block rounded-sm"
    >
      <svg aria-hidden viewBox="0 0 300 26" preserveAspectRatio="none" className="h-8 w-full border-b">
        {days.map((day, at) => (
          <g key={day.day}>
            <title>{`${day.day}: ${day.accepted} accepted, ${day.refused} refused`}</title>
            {!day.isKnown && <rect x={at * 10 + 1} width="8" y="24" height="2" className="fill-border" />}
            <rect
              x={at * 10 + 1}
              width="8"
              y={26 - height(day.accepted)}
              height={height(day.accepted)}
              className="fill-accepted"
            />
            <rect
              x={at * 10 + 1}
              width="8"
              y={Math.max(0, 26 - height(day.accepted) - height(day.refused))}
              height={height(day.refused)}
              className="fill-refused-subtle stroke-refused"
              vectorEffect="non-scaling-stroke"
              strokeWidth={day.refused > 0 ? 1 : 0}
            />
          </g>
        ))}
      </svg>
    </Link>
  )
}

/** Findings of the trusts of an identity, worst first; nothing without one. */
export function IdentityFindings({ identityId }: { identityId: string }) {
  const trusts = usePostureOfIdentities([identityId])?.get(identityId) ?? []
  const findings = trusts.flatMap(({ id, findings: some }) => some.map((finding) => ({ trustId: id, finding })))
  if (findings.length === 0) return null
  return (
    <Section
      title="Findings"
      description="Who else the trusts of this identity let in."
      flush
      className="col-span-full"
    >
      <ul className="divide-y">
        {findings.map(({ trustId, finding }) => (
          <FindingRow
            key={`${trustId} ${finding.id}`}
            finding={finding}
            actions={
              <Link href={`/posture?trust=${trustId}`} className="rounded-sm text-accent-text hover:underline">
                Open in Posture
              </Link>
            }
          />
        ))}
      </ul>
    </Section>
  )
}
