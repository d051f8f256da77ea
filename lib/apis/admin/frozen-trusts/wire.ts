import { z } from 'zod'

export const FrozenTrustAnswer = z
  .object({
    ...{ trustId: z.uuid(), trustName: z.string(), method: z.string(), identityId: z.uuid().nullable() },
    at: z.iso.datetime().meta({ description: 'When it was frozen.' }),
    claim: z.string().meta({ description: 'The claim with the name.' }),
    idClaim: z.string().meta({ description: 'The claim with the id.' }),
    name: z.string(),
    before: z.string().meta({ description: 'The id that the name had.' }),
    after: z.string().meta({ description: 'The id that it came with.' }),
  })
  .meta({ id: 'FrozenTrust' })
export type FrozenTrustAnswer = z.output<typeof FrozenTrustAnswer>

export const FrozenTrustsAnswer = z.object({ frozen: z.array(FrozenTrustAnswer) })
export type FrozenTrustsAnswer = z.output<typeof FrozenTrustsAnswer>
