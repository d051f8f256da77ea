'use client'

import { useMemo } from 'react'
import { useTrustPosture } from '@/lib/client/posture'
import { useTrustVersion } from '@/lib/client/trust-versions'
import type { StoredTrust } from '@/lib/client/trusts'
import type { LastInForce } from '@/lib/model/change-judgement'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { fromPublished } from '@/lib/trust/published-trust'
import { judgedTrust } from './use-judgement'

/**
 * What a disabled trust accepted when it was enabled last, where a change enables it: a change in several steps is one change. undefined
 * while it is loaded; null where it never was, or where it cannot be loaded: then the server asks for what is missing.
 */
export function useLastInForce(stored: StoredTrust | null, after: JudgedPolicy): LastInForce | undefined {
  const asked = stored && !stored.enabled && after.enabled ? stored.id : null
  const posture = useTrustPosture(asked)
  const last = posture.data?.lastEnabledVersion ?? null
  const version = useTrustVersion(asked ?? '', asked !== null && typeof last === 'number' ? last : null)
  const then = useMemo(() => (version.data ? judgedTrust(fromPublished(version.data)) : undefined), [version.data])
  if (asked === null || posture.isError || version.isError) return null
  if (!posture.data) return undefined
  return typeof last === 'number' ? then : last
}
