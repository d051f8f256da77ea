'use client'

import { useState } from 'react'
import { Callout } from '@/components/ui/callout'
import { Link } from '@/components/ui/link'
import { shownText } from '@/components/ui/shown'
import { Skeleton } from '@/components/ui/skeleton'
import { TimeAgo } from '@/components/ui/time-ago'
import { useLastRefused } from '@/lib/client/decisions'
import type { TrustPlace } from '@/lib/client/trusts'
import { reasonWords } from '@/lib/client/words'
import type { JsonObject } from '@/lib/trust/json/json'
import { maskClaims } from '@/lib/trust/mask-claims'
import { ClaimComparison } from './claim-comparison'

/** The claims of the token at hand beside those of the last refused login of the identity; nothing for a trust without one. */
export function CompareRefused({ claims, place }: { claims: JsonObject; place: TrustPlace }) {
  const [isOpen, setIsOpen] = useState(false)
  const identityId = 'identityId' in place ? place.identityId : ''
  if (identityId === '') return null
  return (
    <details className="border-t" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="px-4 py-2 font-medium">Compare with the last refused login</summary>
      {isOpen && (
        <div className="grid gap-3 px-4 pb-4">
          <Refused claims={claims} identityId={identityId} />
        </div>
      )}
    </details>
  )
}

function Refused({ claims, identityId }: { claims: JsonObject; identityId: string }) {
  const { data: refused, error } = useLastRefused(identityId)
  if (error) return <Callout tone="danger">{shownText(error.message)}</Callout>
  if (refused === undefined) return <Skeleton className="h-16" />
  if (refused === null)
    return <p className="text-compact text-muted-foreground">No login of this identity was refused.</p>
  return (
    <>
      <p className="text-compact text-muted-foreground">
        <Link href={`/activity/${refused.id}`} className="rounded-sm text-accent-text underline underline-offset-4">
          Refused <TimeAgo at={refused.lastAt ?? refused.at} />
        </Link>
        {refused.reason && `: ${reasonWords(refused.reason)}`}. What names a person is masked on both sides.
      </p>
      {refused.claims ? (
        <ClaimComparison first={maskClaims(claims)} second={refused.claims as JsonObject} other="Refused login" />
      ) : (
        <p className="text-compact text-muted-foreground">It had no claims that could be read.</p>
      )}
    </>
  )
}
