import { z } from 'zod'
import { recordKinds } from '@/lib/model/retention'

export { RetentionPatch } from '@/lib/model/retention'

export const RetentionPeriodAnswer = z
  .object({
    kind: z.enum(recordKinds),
    days: z.number(),
    daysDefault: z.number(),
    /** The environment variable that sets it; only there can it be changed while `isFixed`. */
    variable: z.string(),
    isFixed: z.boolean(),
    /** What there is of it now; counted up to a bound, past which `isMore` is true. */
    rows: z.number(),
    isMore: z.boolean(),
    oldestAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RetentionPeriod' })
export type RetentionPeriodAnswer = z.output<typeof RetentionPeriodAnswer>

export const RetentionAnswer = z.object({ periods: z.array(RetentionPeriodAnswer) })
export type RetentionAnswer = z.output<typeof RetentionAnswer>
