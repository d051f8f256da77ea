'use client'

import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { shownText } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import { type Replay, useReplay } from '@/lib/client/decisions'

/** Judges the claims of a decision again, by the trust of then and of now, side by side. */
export function ReplayClaims({ decisionId }: { decisionId: string }) {
  const [isAsked, setIsAsked] = useState(false)
  const { data, error, refetch } = useReplay(isAsked ? decisionId : null)
  return (
    <Section
      title="Replay"
      description="Only issuer, rules and times are judged, as of the time of the login. The token is not stored, so keys and signature cannot be judged."
      flush
      // Without an answer it is an offer, which paper cannot take.
      className={isAsked ? undefined : 'print:hidden'}
      actions={
        !isAsked && (
          <Button size="sm" onClick={() => setIsAsked(true)}>
            Replay on today’s trust
          </Button>
        )
      }
    >
      {isAsked && !data && !error && <Skeleton className="m-4 h-24" />}
      {error && <ErrorState title="It could not be replayed" error={error} onRetry={() => refetch()} />}
      {data && <Sides replay={data} />}
    </Section>
  )
}

function Sides({ replay: { hasClaims, former: then, current: now } }: { replay: Replay }) {
  if (!hasClaims)
    return (
      <p className="px-4 py-3 text-muted-foreground">No claims of this token could be read, so none were stored.</p>
    )
  const ids = [...new Set([...(then?.checks ?? []), ...(now?.checks ?? [])].map(({ id }) => id))]
  const titleOf = (id: string) =>
    [then, now].flatMap((side) => side?.checks ?? []).find((check) => check.id === id)?.title
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-compact">
        <caption className="sr-only">Claims judged by the trust of then and of now</caption>
        <thead>
          <tr className="border-b text-left align-top">
            <th scope="col" className="px-4 py-2 font-medium text-muted-foreground">
              Check
            </th>
            <SideHead title="Then" side={then} />
            <SideHead title="Today" side={now} />
          </tr>
        </thead>
        <tbody className="divide-y">
          {ids.map((id) => (
            <tr key={id} className="align-top">
              <th scope="row" className="px-4 py-1.5 text-left font-medium">
                {shownText(titleOf(id) ?? id)}
              </th>
              <Cell check={then?.checks.find((check) => check.id === id)} />
              <Cell check={now?.checks.find((check) => check.id === id)} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Side = Replay['current']

function SideHead({ title, side }: { title: string; side: Side }) {
  return (
    <th scope="col" className="w-2/5 px-4 py-2 font-medium">
      <span className="flex flex-wrap items-center gap-2">
        {shownText(title)}
        {side ? (
          <>
            <span className="font-normal text-muted-foreground">version {side.version}</span>
            <PassBadge passes={side.passes} />
            {!side.enabled && <Badge tone="attention">Switched off</Badge>}
          </>
        ) : (
          <Badge tone="skipped">Not there any more</Badge>
        )}
      </span>
    </th>
  )
}

function PassBadge({ passes }: { passes: boolean | null }) {
  if (passes === null) return <Badge tone="skipped">Cannot be told</Badge>
  return passes ? <Badge tone="accepted">Claims pass</Badge> : <Badge tone="refused">Claims refused</Badge>
}

const words = { pass: 'Passed', fail: 'Failed', warn: 'Warning', skipped: 'Not judged' } as const
const inks = {
  pass: 'text-accepted',
  fail: 'text-refused',
  warn: 'text-attention',
  skipped: 'text-muted-foreground',
} as const

function Cell({ check }: { check: NonNullable<Side>['checks'][number] | undefined }) {
  if (!check) return <td className="px-4 py-1.5 text-muted-foreground">–</td>
  return (
    <td className="break-words px-4 py-1.5">
      <span className={inks[check.status]}>{words[check.status]}</span>
      {check.status !== 'pass' && <span className="block text-muted-foreground">{shownText(check.message)}</span>}
    </td>
  )
}
