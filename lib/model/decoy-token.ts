import { z } from 'zod'
import { issuedSecondsMax } from '../trust/grant'
import { CanaryPlace, Name } from './identity'

/** As long as an access token lasts at most: one that says more cannot be one. */
export const decoyDaysMax = issuedSecondsMax / 86_400

/** What is given for a decoy token: its name, where it is planted, and for how long it says that it is valid. */
export const DecoyTokenInput = z.strictObject({
  name: Name,
  place: CanaryPlace.default('').meta({
    description: 'Where it is planted. The incident shows it, so that you know which place leaked.',
    example: 'Variable DEPLOY_TOKEN of acme/shop',
  }),
  days: z
    .int('Whole days.')
    .min(1, 'At least one day.')
    .max(
      decoyDaysMax,
      `At most ${decoyDaysMax} days: no access token is valid for longer, so a longer lifetime would reveal the decoy.`,
    )
    .default(decoyDaysMax)
    .meta({
      description: 'For how many days the token claims to be valid. Its use opens an incident even after that.',
    }),
})

/** Decoy tokens of one identity. */
export const decoyTokensMax = 50
