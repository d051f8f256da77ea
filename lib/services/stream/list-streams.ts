import { streamsMax } from '@/lib/model/stream'
import { canAccess, type Role } from '@/lib/trust/role'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { findStream, headSeqOf, type StreamRow, type StreamView, toStream, withoutPath } from './stream-row'

/** Streams of the organization, oldest first. */
export async function listStreams(ctx: Context): Promise<StreamView[]> {
  const { organizationId, role } = requireAccess(ctx, 'read')
  const rows = await ctx.db.stream.findMany({
    where: { organizationId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: streamsMax,
  })
  const head = await headSeqOf(ctx.db, organizationId)
  return rows.map((row) => forRole(role, row, head))
}

/** @throws AppError `not-found` */
export async function getStream(ctx: Context, id: string): Promise<StreamView> {
  const { organizationId, role } = requireAccess(ctx, 'read')
  return forRole(role, await findStream(ctx.db, organizationId, id), await headSeqOf(ctx.db, organizationId))
}

const forRole = (role: Role, row: StreamRow, head: number) =>
  canAccess(role, 'administer') ? toStream(row, head) : withoutPath(toStream(row, head))

/**
 * Requests of a stream, newest first; the last ones are kept. Receivers often repeat the path they were asked for, which holds a token, so answers are for those who
 * may see it.
 * @throws AppError `not-found`
 */
export async function listDeliveries(
  ctx: Context,
  id: string,
  { limit, before }: { limit: number; before?: number | undefined },
) {
  const { organizationId, role } = requireAccess(ctx, 'read')
  const { id: streamId } = await findStream(ctx.db, organizationId, id)
  const rows = await ctx.db.streamDelivery.findMany({
    where: { streamId, ...(before === undefined ? {} : { number: { lt: before } }) },
    orderBy: { number: 'desc' },
    take: limit + 1,
    omit: { streamId: true },
  })
  const seesAnswers = canAccess(role, 'administer')
  const deliveries = rows.slice(0, limit).map((row) => (seesAnswers ? row : { ...row, answer: null }))
  return { deliveries, next: rows.length > limit ? (deliveries.at(-1)?.number ?? null) : null }
}
