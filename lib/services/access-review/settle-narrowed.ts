import { z } from 'zod'
import { runJob } from '@/lib/analysis-thread/run-job'
import { storedOrNull } from '@/lib/db/stored-json'
import { toTrustOfVersion } from '@/lib/db/trust-version-row'
import { AppError } from '@/lib/errors'
import { ReviewedKind } from '@/lib/model/access-review'
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
import { findItem, findReview, type ItemRow, itemTarget, readItem } from './review-row'

/** Items that one request looks at, and trusts that it compares. */
const [lookedMax, comparedMax] = [100, 10]

const NarrowFrom = z.object({
  version: z.number().nullable(),
  role: z.string().nullable(),
  enabled: z.boolean().nullable(),
})

export type Settled = {
  settled: number
  /** Of which it could not be told. */
  setAside: number
  next: number | null
}

/** Narrower or not; or why that cannot be told. */
type Told = { isNarrower: boolean } | { aside: string }

/**
 * Settles items that were to become narrower and have: a trust that accepts less, or is disabled or removed; an identity or person with a
 * lower role. One that cannot be compared is set aside with the reason, until it changes.
 * @param after the item after which it goes on: `next` of the request before
 * @param again whether what was set aside is compared although it has not changed
 * @throws AppError `not-found`, `forbidden`, `rule` (closed), `too-many` (nothing could be compared, as too many wait)
 */
export async function settleNarrowed(
  ctx: Context,
  reviewId: string,
  { after, again = false }: { after: number; again?: boolean },
): Promise<Settled> {
  const { organizationId } = requireAccess(ctx, 'write')
  requireReviewer(ctx, await findReview(ctx.db, organizationId, reviewId))
  const rows = await ctx.db.accessReviewItem.findMany({
    where: { reviewId, decision: 'narrowing', number: { gt: after } },
    orderBy: { number: 'asc' },
    take: lookedMax + 1,
  })
  const looked = rows.slice(0, lookedMax)
  const items = await withNow(ctx, organizationId, looked)
  const done = { settled: 0, setAside: 0 }
  let [compared, last] = [0, after]
  for (const [at, row] of looked.entries()) {
    const item = items[at]
    if (item?.kind === 'trust' && item.now && ++compared > comparedMax) break
    const { kind, aside: stored } = readItem(row)
    const isUnchanged = kind === null || (item?.now != null && stored?.version === item.now.version)
    const isSameAsThen = stored !== null && isUnchanged
    if (item && (again || !isSameAsThen)) {
      const told = await tell(ctx, organizationId, row, item)
      // The others wait as well: the next request goes on here.
      if (told === 'too-many' && last === after) throw tooMany()
      if (told === 'too-many') break
      if ('aside' in told) done.setAside += await setAside(ctx, row, item, told.aside)
      else if (told.isNarrower) done.settled += await settle(ctx, row)
    }
    last = row.number
  }
  if (done.settled + done.setAside === 0) recordNothing(ctx)
  const isMore = rows.length > lookedMax || last !== looked.at(-1)?.number
  return { ...done, next: isMore && looked.length > 0 ? last : null }
}

/** Tells whether an item is narrower; what fails there is a reason, and no failure of the others. */
async function tell(ctx: Context, organizationId: string, row: ItemRow, item: ItemView): Promise<Told | 'too-many'> {
  try {
    return await compared(ctx, organizationId, row, item)
  } catch (error) {
    if (error instanceof AppError && error.kind === 'too-many') return 'too-many'
    // Removed since it was read.
    if (error instanceof AppError && error.kind === 'not-found') return { isNarrower: true }
    return { aside: error instanceof AppError ? error.message : 'The comparison failed.' }
  }
}

async function compared(ctx: Context, organizationId: string, row: ItemRow, { kind, now }: ItemView): Promise<Told> {
  if (!ReviewedKind.safeParse(kind).success) return { aside: 'What kind of thing it is cannot be read.' }
  if (!now) return { isNarrower: true }
  const from = storedOrNull(row.narrowFrom, NarrowFrom)
  if (!from) return { aside: 'What it was when this was decided cannot be read.' }
  if (from.enabled && now.enabled === false) return { isNarrower: true }
  if (kind !== 'trust') {
    return { isNarrower: from.role !== null && isAbove(toRole(from.role), toRole(now.role ?? 'no-access')) }
  }
  if (from.version === null || now.version === from.version) return { isNarrower: false }
  const place = { trustId: row.thingId, version: from.version }
  const kept = await ctx.db.trustVersion.findUnique({ where: { trustId_version: place } })
  if (!kept) return { aside: `Version ${from.version}, with which it is compared, is not kept any more.` }
  const then = toTrustOfVersion(kept)
  if (!then || then.unreadable) return { aside: `Version ${from.version} cannot be read.` }
  const trust = await findTrustIn(ctx.db, organizationId, { id: row.thingId })
  if (trust.unreadable) return { aside: 'The trust cannot be read as it is now. Save it anew.' }
  const [before, after] = [subjectOfDraft(then, ctx.now()), subjectOfDraft(trust, ctx.now())]
  const { relation } = await runJob('compare', { before, after }, ownerOf(ctx))
  if (relation === 'unknown') return { aside: `Whether it accepts less than version ${from.version} cannot be told.` }
  return { isNarrower: relation === 'narrower' }
}

/** How many were settled: none that was decided otherwise meanwhile. */
async function settle(ctx: Context, { reviewId, number, version }: ItemRow): Promise<number> {
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const review = await findReview(tx, ctx.organizationId, reviewId)
    requireReviewer(ctx, review)
    const item = await findItem(tx, reviewId, number)
    if (item.decision !== 'narrowing' || item.version !== version) return 0
    await tx.accessReviewItem.update({
      where: { reviewId_number: { reviewId, number } },
      data: { decision: 'narrowed', narrowFrom: null, aside: null, version: { increment: 1 } },
    })
    await tx.accessReview.update({ where: { id: reviewId }, data: countsAfter('narrowing', 'narrowed') })
    await record(tx, ctx, {
      action: 'review.item-narrowed',
      target: itemTarget(review, item),
      ...{ before: { decision: 'narrowing' }, after: { decision: 'narrowed', kind: item.kind, id: item.thingId } },
    })
    return 1
  })
}

async function setAside(ctx: Context, row: ItemRow, { now }: ItemView, reason: string): Promise<number> {
  const { reviewId, number, version } = row
  return inOrganization(ctx, 'write', async (tx, ctx) => {
    const review = await findReview(tx, ctx.organizationId, reviewId)
    requireReviewer(ctx, review)
    const { count } = await tx.accessReviewItem.updateMany({
      where: { reviewId, number, decision: 'narrowing', version },
      data: { aside: JSON.stringify({ version: now?.version ?? null, reason }) },
    })
    if (count === 0) return 0
    await record(tx, ctx, {
      action: 'review.item-set-aside',
      target: itemTarget(review, row),
      after: { kind: row.kind, id: row.thingId, version: now?.version ?? null, reason },
    })
    return 1
  })
}

const tooMany = () =>
  new AppError('too-many', 'Too many trusts are being analysed. Try again in a moment.', { retryAfterSeconds: 5 })
