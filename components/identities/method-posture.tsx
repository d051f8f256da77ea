'use client'

import { TrustSentence } from '@/components/posture/trust-sentence'
import { Skeleton } from '@/components/ui/skeleton'
import { usePostureOfIdentities } from '@/lib/client/posture'
import type { IdentityKind } from '@/lib/trust/kinds'

/** The trust of a method in a sentence, with its worst finding and the strangers that get in. */
export function MethodPosture({ identityId, kind }: { identityId: string; kind: IdentityKind }) {
  const postures = usePostureOfIdentities([identityId])
  if (!postures) return <Skeleton className="h-8 w-72 max-w-full" />
  const trust = postures.get(identityId)?.find(({ method }) => method === kind)
  return trust ? <TrustSentence posture={trust} /> : 'It is being judged.'
}
