import { z } from 'zod'
import { Trust, TrustDraft } from '@/lib/trust/trust'

/** What the editor sends: the domain's own words. The place (identity, method) is in the path. */
export const TrustInput = TrustDraft.omit({ method: true, identityId: true, foreign: true })
  .partial({ name: true })
  .strict()
  .meta({ id: 'TrustInput' })
export type TrustInput = z.input<typeof TrustInput>

export const TrustAnswer = Trust.extend({
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  identityName: z.string().nullable().optional(),
}).meta({ id: 'Trust' })
export type TrustAnswer = z.output<typeof TrustAnswer>

export const TrustListAnswer = z.object({ trusts: z.array(TrustAnswer), next: z.uuid().nullable() })
export type TrustListAnswer = z.output<typeof TrustListAnswer>
