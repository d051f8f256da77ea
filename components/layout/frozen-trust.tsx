'use client'

import { Snowflake } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { type FrozenTrust, useFrozenTrusts } from '@/lib/client/frozen-trusts'
import { useCan } from '@/lib/client/session'
import { methodName } from '@/lib/client/words'

// Its form is loaded when it is opened.
const LiftDialog = onDemand(() => import('./lift-freeze').then((module) => module.LiftDialog))

/** Marks a trust by which no login is accepted. */
export const FrozenBadge = () => (
  <Badge tone="refused" icon={Snowflake}>
    Frozen
  </Badge>
)

/** The trust that is meant, or all of an identity, or the one of a method of it. */
type Which = { trustId: string } | { identityId: string; method?: string }

const isOf = (of: Which) => (one: FrozenTrust) =>
  'trustId' in of
    ? one.trustId === of.trustId
    : one.identityId === of.identityId && (of.method === undefined || one.method === of.method)

/** The mark of a frozen trust in a list; nothing where it is not frozen. */
export function FrozenMark({ of }: { of: Which }) {
  const { data = [] } = useFrozenTrusts()
  return data.some(isOf(of)) ? <FrozenBadge /> : null
}

/** Says of frozen trusts what was found, with the way to lift the freeze; nothing where none is frozen. */
export function FrozenNotice({ of }: { of: Which }) {
  const { data = [] } = useFrozenTrusts()
  return data.filter(isOf(of)).map((frozen) => <Notice key={frozen.trustId} frozen={frozen} />)
}

function Notice({ frozen }: { frozen: FrozenTrust }) {
  const { method, at, claim, name, idClaim, before, after } = frozen
  const [looking, setLooking] = useState(false)
  const canWrite = useCan('write')
  return (
    <Callout
      tone="attention"
      className="col-span-full"
      title={`${methodName(method)} is frozen: a known name came with a different id`}
    >
      <code className="text-compact">{shownText(claim)}</code> {shownText(name)} had the{' '}
      <code className="text-compact">{shownText(idClaim)}</code> {shownText(before)}, and came with {shownText(after)},{' '}
      <TimeAgo at={at} />. No login by it is accepted until the freeze is lifted.
      {canWrite && (
        <p className="pt-2">
          <Button size="sm" onClick={() => setLooking(true)}>
            Look at it and lift
          </Button>
        </p>
      )}
      {looking && <LiftDialog frozen={frozen} onClose={() => setLooking(false)} />}
    </Callout>
  )
}
