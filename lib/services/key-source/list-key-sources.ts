import { z } from 'zod'
import { contains } from '@/lib/db/contains'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { type OffsetPage, offsetMax, readOffsetPage } from '../offset-page'
import { describeUse, type NamedRow } from './sources-in-use'
import { type KeySourceView, viewKeySources } from './view-key-source'

export const KeySourceQuery = z.strictObject({
  /** The whole id, or part of the URL whatever the case. */
  search: z.string().trim().max(2_048).optional(),
  /** `true`: only sources that had an alarm when they were checked last. */
  alarms: z.enum(['true']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(offsetMax, `Further than ${offsetMax} goes a cursor: \`next\` of the page before.`)
    .default(0),
  /** Where the page begins: `next` of the page before, asked with the same filters. */
  cursor: z.string().max(2_000).optional(),
})

/** Trusts that are named for one source of a list. */
const usersMax = 10

type Where = NonNullable<NonNullable<Parameters<Context['db']['namedKeySource']['findMany']>[0]>['where']>

export type KeySourcePage = { sources: KeySourceView[]; alarmCount: number } & Omit<OffsetPage<unknown>, 'rows'>

/**
 * A page of the distinct remote key sources of the organization's trusts, by URL, each with its state and alarms. No trust is read
 * for it but the few that are named for each. A search by part of the URL is compared with 10 000 sources a page.
 */
export async function listKeySources(ctx: Context, query: z.input<typeof KeySourceQuery> = {}): Promise<KeySourcePage> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { search, alarms, limit, offset, cursor } = KeySourceQuery.parse(query)
  const filter: Where = { organizationId, ...(alarms ? { hasAlarms: true } : {}) }
  const isById = search !== undefined && /^[0-9a-f]{64}$/i.test(search)
  const indexed: Where = isById ? { ...filter, sourceId: search.toLowerCase() } : filter
  const { rows, ...page } = await readOffsetPage<NamedRow, Where>({
    ...{ limit, offset, cursor, ranges: [{ indexed, order: ['urlStart', 'sourceId'], direction: 'asc' as const }] },
    compared: search && !isById ? { url: contains(search) } : null,
    read: (where, at) => ctx.db.namedKeySource.findMany({ where, ...at }),
    place: (where, at) => ctx.db.namedKeySource.findFirst({ where, ...at }),
    count: (where, at) => ctx.db.namedKeySource.count({ where, ...at }),
  })
  const used = await describeUse(ctx.db, organizationId, rows, usersMax)
  const sources = await viewKeySources(
    ctx.db,
    used.filter(({ usedByCount }) => usedByCount > 0),
    ctx.now(),
  )
  return { sources, alarmCount: sources.reduce((sum, { alarms }) => sum + alarms.length, 0), ...page }
}
