import { z } from 'zod'
import { ReturnOrigin } from './return-origin'

/** A change of an organization's settings; what is omitted is kept. */
export const OrganizationPatch = z.strictObject({
  returnOrigins: z
    .array(ReturnOrigin)
    .max(50)
    .transform((origins) => [...new Set(origins.map((origin) => new URL(origin).origin))])
    .optional(),
  requiresSecondFactor: z.boolean().optional(),
  reviewIntervalDays: z.int().min(1, 'At least 1.').max(3650, 'At most 3650.').nullable().optional(),
})
