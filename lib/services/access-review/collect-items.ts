import { inTransaction } from '@/lib/db/transaction'
import { requireAccess } from '../access'
import { recordNothing } from '../audit/record'
import { type Context, systemActing } from '../context'
import { holdOrganization, inOrganization } from '../in-organization'
import type { Judging } from '../posture/trust-subject'
import { type Collecting, collectPage } from './collect-page'
import { findReview, type ReviewRow, type ReviewView, scopeOf, toReview } from './review-row'

/** How long one request takes items. */
const collectingMsMax = 1_500

/**
 * Takes more items into a review that is being collected: a page at least, and more while the time lasts. When all things were looked at, the
 * review is open.
 * @throws AppError `not-found`, `rule` (its scope cannot be read)
 */
export async function collectItems(ctx: Context, id: string): Promise<ReviewView> {
  const { organizationId } = requireAccess(ctx, 'administer')
  const untilMs = performance.now() + collectingMsMax
  const collecting: Collecting = { judging: ctx, store: (act) => inOrganization(ctx, 'administer', act) }
  let review = await findReview(ctx.db, organizationId, id)
  if (review.state !== 'collecting') recordNothing(ctx)
  while (review.state === 'collecting') {
    review = await collectPage(collecting, review)
    if (performance.now() >= untilMs) break
  }
  return toReview(review, ctx.now())
}

type Pace = {
  /** Asked before every page; false ends the work for now. */
  mayGoOn: () => boolean | Promise<boolean>
  /** Waits after a page that took so many milliseconds. */
  pause: (pageMs: number) => Promise<void>
}

/** Reviews that one round goes on with. */
const reviewsMax = 100

/**
 * Goes on with every review whose items are still being taken, also when the server that began has stopped, and no page of it is open.
 * @throws what was thrown first, after the others were gone on with
 */
export async function collectReviews(judging: Judging, { mayGoOn, pause }: Pace): Promise<void> {
  const reviews = await judging.db.accessReview.findMany({
    where: { state: 'collecting' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: reviewsMax,
  })
  const failures: unknown[] = []
  // One whose scope cannot be read is never gone on with: it can be closed.
  for (const review of reviews.filter((review) => scopeOf(review) !== null)) {
    await collectWhole(judging, review, { mayGoOn, pause }).catch((failure) => failures.push(failure))
  }
  if (failures.length > 0) throw failures[0]
}

async function collectWhole(judging: Judging, begun: ReviewRow, { mayGoOn, pause }: Pace): Promise<void> {
  const { organizationId } = begun
  const store: Collecting['store'] = (act) =>
    inTransaction(judging, async (tx) => {
      await holdOrganization(tx, organizationId)
      return act(tx, { ...systemActing('Access reviews', judging.now()), organizationId })
    })
  for (let review = begun; review.state === 'collecting' && (await mayGoOn()); ) {
    const startedMs = performance.now()
    review = await collectPage({ judging, store }, review)
    await pause(performance.now() - startedMs)
  }
}
