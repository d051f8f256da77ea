'use client'

import { FlaskConical } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { offerClaims } from '@/lib/client/claims-handover'
import type { Decision } from '@/lib/client/decisions'
import { trustHref } from '@/lib/client/trust-href'
import type { JsonObject } from '@/lib/trust/json/json'

/** Opens the editor of the trust with the claims that a decision kept; nothing where there is no trust or no claims. */
export function TryClaims({ decision }: { decision: Decision }) {
  const { trustId, identityId, method, claims, at } = decision
  const href = trustId && trustHref({ id: trustId, kind: method, identityId })
  if (!href || !claims) return null
  return (
    <Button asChild>
      <Link href={href} onClick={() => offerClaims({ claims: claims as JsonObject, at })}>
        <FlaskConical aria-hidden />
        Try these claims
      </Link>
    </Button>
  )
}
