import { z } from 'zod'

/** Why a freeze is lifted, for the audit. */
export const LiftReason = z
  .string()
  .trim()
  .min(1, 'Say why.')
  .max(500, 'At most 500 characters.')
  .refine((text) => !/\p{Cc}/u.test(text), 'No control characters.')
