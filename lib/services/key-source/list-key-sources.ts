import { z } from 'zod'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { sourcesInUse } from './sources-in-use'
import { viewKeySources } from './view-key-source'

export const KeySourceQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(200),
  /** The id after which the page begins. */
  after: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Give `next` of the page before.')
    .optional(),
})

/**
 * A page of the distinct remote key sources of the organization's trusts, by URL, each with its state and alarms. The trusts
 * are read for it, of each no more than says where its keys come from.
 */
export async function listKeySources(ctx: Context, query: z.input<typeof KeySourceQuery> = {}) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { limit, after } = KeySourceQuery.parse(query)
  const all = await sourcesInUse(ctx.db, { organizationId })
  const begin = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
  // A page that began after a source that is gone would begin anew, and never end.
  const page = after !== undefined && begin === 0 ? [] : all.slice(begin, begin + limit)
  const sources = await viewKeySources(ctx.db, page, ctx.now())
  return {
    sources,
    alarmCount: sources.reduce((sum, { alarms }) => sum + alarms.length, 0),
    total: all.length,
    next: begin + limit < all.length ? (page.at(-1)?.id ?? null) : null,
  }
}
