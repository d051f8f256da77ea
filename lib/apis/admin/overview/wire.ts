import { z } from 'zod'

export const OverviewAnswer = z.object({
  identities: z.number(),
  trusts: z.number(),
  liveTokens: z.number(),
  /** The last thirty days, oldest first, UTC. */
  logins: z.array(z.object({ day: z.string(), accepted: z.number(), refused: z.number() })),
  refusalReasons: z.array(z.object({ reason: z.string(), count: z.number() })),
  /** First steps, done or not. */
  steps: z.object({
    identity: z.boolean(),
    trust: z.boolean(),
    acceptedLogin: z.boolean(),
    refusedLogin: z.boolean(),
  }),
})
export type OverviewAnswer = z.output<typeof OverviewAnswer>
