import { type Caution, cautionOf } from '@/components/posture/caution'
import type { Decision } from '@/lib/client/decisions'
import { useTrustPosture } from '@/lib/client/posture'

/** Who else is accepted by the trust that accepted a login; null for a refusal, and if the trust has changed since. */
export function useCaution({ accepted, trustId, trustVersion }: Decision): Caution | null {
  const { data: posture } = useTrustPosture(accepted ? trustId : null)
  return posture && posture.version === trustVersion ? cautionOf(posture) : null
}
