import { z } from 'zod'
import { changesSince, ItemDecision, ReviewedKind, type ReviewSnapshot } from '@/lib/model/access-review'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { findReview, type ItemRow, readItem } from './review-row'
import { things } from './things'

export const ReviewItemQuery = z.strictObject({
  decision: ItemDecision.optional(),
  kind: ReviewedKind.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  /** Only items after that number. */
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
})

/** Items of a review in their order, each with what it is now. @throws AppError `not-found` */
export async function listItems(ctx: Context, reviewId: string, query: z.input<typeof ReviewItemQuery>) {
  const { organizationId } = requireAccess(ctx, 'read')
  const { decision, kind, limit, after } = ReviewItemQuery.parse(query)
  const { id } = await findReview(ctx.db, organizationId, reviewId)
  const rows = await ctx.db.accessReviewItem.findMany({
    where: { reviewId: id, ...(kind && { kind }), ...(decision && { decision }), number: { gt: after } },
    orderBy: { number: 'asc' },
    take: limit + 1,
  })
  const page = rows.slice(0, limit)
  return {
    items: await withNow(ctx, organizationId, page),
    next: rows.length > limit ? (page.at(-1)?.number ?? null) : null,
  }
}

/** Items with what their things are now. */
export async function withNow(ctx: Context, organizationId: string, rows: readonly ItemRow[]) {
  const read = rows.map((row) => ({ row, ...readItem(row) }))
  const now = new Map<string, ReviewSnapshot>()
  for (const kind of ReviewedKind.options) {
    const ids = read.filter((item) => item.kind === kind).map(({ row }) => row.thingId)
    if (ids.length === 0) continue
    for (const [id, snapshot] of await things[kind].snapshots(ctx, organizationId, ids)) now.set(id, snapshot)
  }
  return Promise.all(read.map((item) => toItem(item, now.get(item.row.thingId) ?? null)))
}

type Read = { row: ItemRow } & ReturnType<typeof readItem>

async function toItem({ row, kind, decision, snapshot, former, aside }: Read, now: ReviewSnapshot | null) {
  const { organizationId: _, reviewId: __, snapshot: ___, narrowFrom: ____, kind: stored, ...rest } = row
  return {
    ...{ ...rest, kind: kind ?? stored, decision, former, aside: aside?.reason ?? null },
    ...{ snapshot, now, changes: snapshot ? changesSince(snapshot, now) : [] },
    mark: await markOf(now),
  }
}
export type ItemView = Awaited<ReturnType<typeof toItem>>

/** Differs where a thing is another than it was, but for its last use. */
export async function markOf(now: ReviewSnapshot | null): Promise<string> {
  const { lastUsedAt: _, ...rest } = now ?? { lastUsedAt: null }
  return (await sha256Hex(JSON.stringify(now ? rest : null))).slice(0, 16)
}
