import { z } from 'zod'
import { dayOf } from '@/lib/day-of'
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
  /** `true`: with what came of the fetches of each of ninety days. */
  strip: z.enum(['true']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(offsetMax, `Use a cursor beyond ${offsetMax}: \`next\` of the previous page.`)
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
  const { search, alarms, strip, limit, offset, cursor } = KeySourceQuery.parse(query)
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
  const strips = strip
    ? await stripsOf(
        ctx,
        sources.map(({ id }) => id),
      )
    : null
  for (const source of sources) if (strips) source.strip = strips(source.id)
  return { sources, alarmCount: sources.reduce((sum, { alarms }) => sum + alarms.length, 0), ...page }
}

const [stripDays, dayMs] = [90, 86_400_000]

/** Returns the days of a source as text, the oldest first: `.` not fetched, `+` fetched, `x` at least once in vain. */
async function stripsOf(ctx: Context, sourceIds: string[]): Promise<(sourceId: string) => string> {
  const days = Array.from({ length: stripDays }, (_, at) =>
    dayOf(new Date(ctx.now().getTime() - (stripDays - 1 - at) * dayMs)),
  )
  const rows = await ctx.db.keySourceDay.findMany({
    where: { sourceId: { in: sourceIds }, day: { gte: days[0] ?? '' } },
    select: { sourceId: true, day: true, failures: true },
  })
  const failures = new Map(rows.map(({ sourceId, day, failures }) => [`${sourceId} ${day}`, failures]))
  const sign = (count: number | undefined) => (count === undefined ? '.' : count === 0 ? '+' : 'x')
  return (sourceId) => days.map((day) => sign(failures.get(`${sourceId} ${day}`))).join('')
}
