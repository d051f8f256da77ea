'use client'

import { Callout } from '@/components/ui/callout'
import { Link } from '@/components/ui/link'
import { Shown } from '@/components/ui/shown'
import { TimeAgo } from '@/components/ui/time-ago'
import { useStrays } from '@/lib/client/decisions'
import type { StoredTrust } from '@/lib/client/trusts'

/** Tokens that arrived in the meantime and name another issuer, for example with a trailing slash, so that they are in no issuer's list. */
export function StrayTokens({ trust }: { trust: StoredTrust }) {
  const { data } = useStrays(trust.updatedAt)
  if (!data || data.length === 0) return null
  return (
    <Callout tone="attention" title="Tokens of an unknown issuer arrived">
      <div className="grid gap-2">
        <p>
          A token is judged by the issuer that its <code>iss</code> names, character by character. This one is{' '}
          <code className="break-all">
            <Shown text={trust.issuer ?? ''} />
          </code>
          .
        </p>
        <ul aria-label="Tokens of an unknown issuer" className="grid gap-1">
          {data.map(({ id, issuer, at, lastAt }) => (
            <li key={id}>
              <Link href={`/activity/${id}`} className="rounded-sm underline underline-offset-4">
                {issuer === null ? (
                  'No issuer'
                ) : (
                  <code className="break-all">
                    <Shown text={issuer} />
                  </code>
                )}
              </Link>
              , <TimeAgo at={lastAt ?? at} />
            </li>
          ))}
        </ul>
      </div>
    </Callout>
  )
}
