import { z } from 'zod'

/** The years that every database and calendar here knows: a time of a query or a body is within them. */
const [firstMs, lastMs] = [Date.parse('1970-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')]

export const isInstant = (date: Date) => date.getTime() >= firstMs && date.getTime() <= lastMs

/** An instant as RFC 3339 with its offset, from 1970 to 9999. */
export const Instant = z.iso
  .datetime({ offset: true, error: 'Give a time such as 2026-11-21T12:00:00Z.' })
  .refine((text) => isInstant(new Date(text)), 'Give a time from the year 1970 to 9999.')
