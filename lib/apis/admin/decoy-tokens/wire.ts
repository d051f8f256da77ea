import { z } from 'zod'

export { DecoyTokenInput } from '@/lib/model/decoy-token'

/** A decoy token, without its text. */
export const DecoyTokenAnswer = z
  .object({
    ...{ id: z.uuid(), identityId: z.uuid(), name: z.string() },
    place: z.string().meta({ description: 'Where it is planted.' }),
    ...{ createdAt: z.iso.datetime(), createdByName: z.string().nullable() },
    expiresAt: z.iso
      .datetime()
      .meta({ description: 'The expiry that the token claims. Its use opens an incident even after that.' }),
  })
  .meta({ id: 'DecoyToken' })
export type DecoyTokenAnswer = z.output<typeof DecoyTokenAnswer>

export const DecoyTokenListAnswer = z.object({ decoyTokens: z.array(DecoyTokenAnswer) })
export type DecoyTokenListAnswer = z.output<typeof DecoyTokenListAnswer>

/** The only answer with the text of the token. */
export const MadeDecoyTokenAnswer = DecoyTokenAnswer.extend({ token: z.string() }).meta({ id: 'MadeDecoyToken' })
export type MadeDecoyTokenAnswer = z.output<typeof MadeDecoyTokenAnswer>
