import { z } from 'zod'

const counted = z.number().meta({ description: 'Counted up to 10000: that many, or more.' })

export const OverviewAnswer = z.object({
  identities: counted,
  trusts: counted,
  liveTokens: counted,
  /** The last thirty days, oldest first, UTC. */
  logins: z.array(
    z.object({
      day: z.string(),
      accepted: z.number(),
      refused: z.number(),
      trustChanges: z
        .number()
        .meta({ description: 'Trusts that were created, changed or deleted; the newest 1000 count.' }),
      keyChanges: z.number().meta({
        description: 'Keys that sources published, withdrew or changed; of the first 500 sources, by URL.',
      }),
    }),
  ),
  refusalReasons: z.array(z.object({ reason: z.string(), count: z.number() })),
  /** First steps and whether they are done. */
  steps: z.object({
    identity: z.boolean(),
    trust: z.boolean(),
    acceptedLogin: z.boolean(),
    refusedLogin: z.boolean(),
  }),
})
export type OverviewAnswer = z.output<typeof OverviewAnswer>
