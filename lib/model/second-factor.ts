import { z } from 'zod'
import { passwordLengthMax } from './person'

/** A code of an app, or a recovery code, with white space and hyphens. */
export const FactorCode = z
  .string()
  .trim()
  .min(1, 'Give the six digits that your app shows, or a recovery code.')
  .max(40, 'A code has six digits; a recovery code has sixteen characters.')
  .meta({ examples: ['123456', 'abcd-efgh-ijkl-mnop'] })

/** The six digits of an authenticator app. */
export const TotpCode = z
  .string()
  .regex(/^\s*\d{3}\s*\d{3}\s*$/, 'Give the six digits that your app shows.')
  .meta({ examples: ['123456'] })
  .transform((text) => text.replaceAll(/\s/g, ''))

/** Proof of identity of a signed-in person. */
export const Proof = z.strictObject({
  password: z.string().min(1, 'Give your password.').max(passwordLengthMax).optional(),
  code: FactorCode.optional(),
})
export type Proof = z.output<typeof Proof>
