import type { z } from 'zod'
import { kindPart } from '@/lib/trust/kinds'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { TrustDraft } from '@/lib/trust/trust'

/** Returns the part of a draft that is judged. @throws ZodError */
export function toJudged(draft: z.input<typeof TrustDraft>): JudgedPolicy {
  const { identityId: _, kind: __, options: ___, ...rest } = TrustDraft.parse(draft)
  return { ...rest, ...kindPart(TrustDraft.parse(draft)) }
}
