import { z } from 'zod'
import { recordKinds } from '@/lib/model/retention'

export { RetentionPatch } from '@/lib/model/retention'

export const RetentionPeriodAnswer = z
  .object({
    kind: z.enum(recordKinds),
    days: z.number(),
    daysDefault: z.number(),
    /** Environment variable of the period; the only place to change it while `isFixed`. */
    variable: z.string(),
    isFixed: z.boolean(),
    /** Number of records, counted up to a bound; above it `isMore` is true. */
    rows: z.number(),
    isMore: z.boolean(),
    oldestAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RetentionPeriod' })
export type RetentionPeriodAnswer = z.output<typeof RetentionPeriodAnswer>

export const RetentionAnswer = z.object({ periods: z.array(RetentionPeriodAnswer) })
export type RetentionAnswer = z.output<typeof RetentionAnswer>
