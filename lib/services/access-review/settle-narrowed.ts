import { z } from 'zod'
import { runJob } from '@/lib/analysis-thread/run-job'
import { storedOrNull } from '@/lib/db/stored-json'
import { toTrustOfVersion } from '@/lib/db/trust-version-row'
import { isAbove, toRole } from '@/lib/trust/role'
import { ownerOf, requireAccess } from '../access'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { subjectOfDraft } from '../posture/trust-subject'
import { findTrustIn } from '../trust/find-trust'
import { countsAfter } from './decide-item'
import { type ItemView, withNow } from './list-items'
import { requireReviewer } from './require-reviewer'
import { findItem, findReview, type ItemRow, itemTarget } from './review-row'

/** Items that one request looks at, and trusts that it compares. */
const [lookedMax, comparedMax] = [100, 10]

const NarrowFrom = z.object({
  version: z.number().nullable(),
  role: z.string().nullable(),
  enabled: z.boolean().nullable(),
})

export type Settled = { settled: number; next: number | null }

/**
 * Settles items that were to become narrower and have: a trust that accepts less, or is disabled or removed; an identity or person with a
 * lower role.
 * @param after the item after which it goes on: `next` of the request before
 * @throws AppError `not-found`, `forbidden`, `rule` (closed)
 */
export async function settleNarrowed(ctx: Context, reviewId: string, after: number): Promise<Settled> {
  const { organizationId } = requireAccess(ctx, 'write')
  requireReviewer(ctx, await findReview(ctx.db, organizationId, reviewId))
  const rows = await ctx.db.accessReviewItem.findMany({
    where: { reviewId, decision: 'narrowing', number: { gt: after } },
    orderBy: { number: 'asc' },
    take: lookedMax + 1,
  })
  const looked = rows.slice(0, lookedMax)
  const items = await withNow(ctx, organizationId, looked)
  const settled: number[] = []
  let [compared, last] = [0, after]
  for (const [at, row] of looked.entries()) {
    const item = items[at]
    if (item?.kind === 'trust' && item.now && ++compared > comparedMax) break
    last = row.number
    if (item && (await isNarrower(ctx, organizationId, row, item))) settled.push(row.number)
  }
  const isMore = rows.length > lookedMax || last !== looked.at(-1)?.number
  const next = isMore && looked.length > 0 ? last : null
  if (settled.length === 0) recordNothing(ctx)
  for (const number of settled) await settle(ctx, reviewId, number)
  return { settled: settled.length, next }
}

async function isNarrower(
  ctx: Context,
  organizationId: string,
  row: ItemRow,
  { kind, now }: ItemView,
): Promise<boolean> {
  const from = storedOrNull(row.narrowFrom, NarrowFrom)
  if (!now) return true
  if (!from) return false
  if (from.enabled && now.enabled === false) return true
  if (kind !== 'trust') return from.role !== null && isAbove(toRole(from.role), toRole(now.role ?? 'no-access'))
  if (from.version === null || now.version === from.version) return false
  const place = { trustId: row.thingId, version: from.version }
  const kept = await ctx.db.trustVersion.findUnique({ where: { trustId_version: place } })
  const then = kept && toTrustOfVersion(kept)
  if (!then || then.unreadable) return false
  const trust = await findTrustIn(ctx.db, organizationId, { id: row.thingId })
  const [before, after] = [subjectOfDraft(then, ctx.now()), subjectOfDraft(trust, ctx.now())]
  return (await runJob('compare', { before, after }, ownerOf(ctx))).relation === 'narrower'
}

async function settle(ctx: Context, reviewId: string, number: number): Promise<void> {
  await inOrganization(ctx, 'write', async (tx, ctx) => {
    const review = await findReview(tx, ctx.organizationId, reviewId)
    requireReviewer(ctx, review)
    const item = await findItem(tx, reviewId, number)
    if (item.decision !== 'narrowing') return recordNothing(ctx)
    const where = { reviewId_number: { reviewId, number } }
    await tx.accessReviewItem.update({ where, data: { decision: 'narrowed', narrowFrom: null } })
    await tx.accessReview.update({ where: { id: reviewId }, data: countsAfter('narrowing', 'narrowed') })
    await record(tx, ctx, {
      action: 'review.item-narrowed',
      target: itemTarget(review, item),
      ...{ before: { decision: 'narrowing' }, after: { decision: 'narrowed', kind: item.kind, id: item.thingId } },
    })
  })
}
