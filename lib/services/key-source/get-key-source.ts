import { dayOf } from '@/lib/day-of'
import { notFound } from '@/lib/errors'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { describeUse, type SourceInUse } from './sources-in-use'
import { type KeySourceView, viewKeySources } from './view-key-source'

export type KeySourceDetail = KeySourceView & {
  keys: Awaited<ReturnType<typeof keysOf>>
  events: Awaited<ReturnType<typeof eventsOf>>
  days: Awaited<ReturnType<typeof daysOf>>
}

/** Events and removed keys shown. */
const shownMax = 200
/** Trusts that are named. */
const usersMax = 100
const shownDays = 90

/** A key source with its keys, present and past, and its timeline, newest first. @throws AppError `not-found` */
export async function getKeySource(ctx: Context, id: string): Promise<KeySourceDetail> {
  const { organizationId } = requireAccess(ctx, 'read')
  return describe(ctx, await requireSource(ctx, organizationId, id))
}

/** A source that a trust of the organization names. @throws AppError `not-found` */
export async function requireSource(ctx: Context, organizationId: string, id: string): Promise<SourceInUse> {
  const where = { organizationId_sourceId: { organizationId, sourceId: id } }
  const row = await ctx.db.namedKeySource.findUnique({ where })
  const [found] = row ? await describeUse(ctx.db, organizationId, [row], usersMax) : []
  if (!found || found.usedByCount === 0)
    throw notFound('No trust of this organization takes keys from a source with that id.')
  return found
}

export async function describe(ctx: Context, source: SourceInUse): Promise<KeySourceDetail> {
  const [[view], keys, events, days] = await Promise.all([
    viewKeySources(ctx.db, [source], ctx.now()),
    keysOf(ctx, source.id),
    eventsOf(ctx, source.id),
    daysOf(ctx, source.id),
  ])
  if (!view) throw notFound('There is no such key source.')
  return { ...view, keys, events, days }
}

const keysOf = (ctx: Context, sourceId: string) =>
  ctx.db.keySourceKey.findMany({
    where: { sourceId },
    omit: { sourceId: true },
    // Published ones first, then the latest gone.
    orderBy: [{ lastSeenAt: 'desc' }, { firstSeenAt: 'desc' }, { id: 'asc' }],
    take: shownMax,
  })

const eventsOf = (ctx: Context, sourceId: string) =>
  ctx.db.keySourceEvent.findMany({
    where: { sourceId },
    omit: { sourceId: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: shownMax,
  })

/** The days on which it was fetched, the oldest first. They may be kept for longer than they are shown. */
const daysOf = (ctx: Context, sourceId: string) =>
  ctx.db.keySourceDay.findMany({
    where: { sourceId, day: { gt: dayOf(new Date(ctx.now().getTime() - shownDays * 86_400_000)) } },
    omit: { sourceId: true },
    orderBy: { day: 'asc' },
  })
