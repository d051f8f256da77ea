import { z } from 'zod'
import type { Tx } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { AppError } from '@/lib/errors'
import { ReviewedKind, type ReviewScope, type ReviewSnapshot } from '@/lib/model/access-review'
import { reviewItemsMax } from '@/lib/model/access-review-facts'
import { record, recordNothing } from '../audit/record'
import type { Acting } from '../context'
import type { Judging } from '../posture/trust-subject'
import { findReview, type ReviewRow, reviewTarget, scopeOf } from './review-row'
import { things } from './things'

/** Things that are looked at together, and by one review. */
const [pageThings, lookedMax] = [100, 100_000]
/** Rounds in which a page waits for its trusts to be judged, some in each. After that it is taken with what is known. */
const roundsMax = 200
const dayMs = 24 * 3600 * 1000

/** The next things that are looked at, and how often their page has waited. */
const Position = z.object({
  ...{ kind: ReviewedKind, cursor: z.string().nullable() },
  rounds: z.int().min(0).default(0),
})

/** Who collects: with its clock and database, and the transaction in which a page is stored. */
export type Collecting = {
  judging: Judging
  store: (act: (tx: Tx, acting: Acting) => Promise<ReviewRow>) => Promise<ReviewRow>
}

type Item = { id: string; snapshot: ReviewSnapshot }

/**
 * Takes the next page of things into a review, once all of it has been judged. After the last page the review is open.
 * @throws AppError `rule` (its scope cannot be read)
 */
export async function collectPage({ judging, store }: Collecting, review: ReviewRow): Promise<ReviewRow> {
  const scope = scopeOf(review)
  const [first] = scope?.kinds ?? []
  if (!scope || !first) throw new AppError('rule', 'What this review is about cannot be read. Start another one.')
  const { organizationId } = review
  const { kind, cursor, rounds } = storedOrNull(review.position, Position) ?? { kind: first, cursor: null, rounds: 0 }
  const reading = { db: judging.db, organizationId, now: judging.now() }
  const { rows, next } = await things[kind].page(reading, { cursor: cursor ?? undefined, limit: pageThings })
  const ids = rows.map(({ id }) => id)
  const snapshots = await things[kind].snapshots(judging, organizationId, ids)
  const isWaiting = rounds < roundsMax && [...snapshots.values()].some(({ judged }) => judged === 'waiting')
  const reviewed = await reviewedLately(judging, organizationId, scope, ids)
  const found = ids.flatMap((id): Item[] => {
    const snapshot = snapshots.get(id)
    return snapshot && isAsked(snapshot, scope) && !reviewed.has(id) ? [{ id, snapshot: ended(snapshot) }] : []
  })
  const kindAfter = scope.kinds[scope.kinds.indexOf(kind) + 1]
  const after = next !== null ? { kind, cursor: next } : kindAfter ? { kind: kindAfter, cursor: null } : null
  return store(async (tx, acting) => {
    const stored = await findReview(tx, organizationId, review.id)
    const place = { where: { id: review.id } }
    // Another request has taken this page, or the review has been closed.
    if (stored.state !== 'collecting' || stored.position !== review.position) {
      recordNothing(acting)
      return stored
    }
    if (isWaiting) {
      recordNothing(acting)
      const position = JSON.stringify({ kind, cursor, rounds: rounds + 1 })
      return tx.accessReview.update({ ...place, data: { position } })
    }
    const taken = found.slice(0, reviewItemsMax - stored.items)
    const looked = stored.looked + rows.length
    const isCut = taken.length < found.length || (after !== null && looked >= lookedMax)
    await addItems(tx, acting.now(), stored, kind, taken)
    const isDone = after === null || isCut
    const data = {
      ...{ items: stored.items + taken.length, looked, isCut, state: isDone ? 'open' : 'collecting' },
      ...{ position: isDone ? null : JSON.stringify(after), collectedAt: isDone ? acting.now() : null },
    }
    const row = await tx.accessReview.update({ ...place, data })
    if (isDone) {
      const after = { items: row.items, looked, isCut }
      await record(tx, acting, { action: 'review.collected', organizationId, target: reviewTarget(row), after })
    } else recordNothing(acting)
    return row
  })
}

/** A snapshot is not judged any further once it is taken. */
const ended = (snapshot: ReviewSnapshot): ReviewSnapshot =>
  snapshot.judged === 'waiting' ? { ...snapshot, judged: 'failed' } : snapshot

/** What could not be judged is taken: whether it is wide cannot be said. */
const isAsked = ({ role, isWide, judged }: ReviewSnapshot, scope: ReviewScope) =>
  (scope.role === undefined || role === scope.role) && (!scope.onlyWide || isWide || judged !== 'yes')

/** Which of these things a review has decided on since the time that is asked for. A person may be one of another organization, too. */
async function reviewedLately(
  { db, now }: Judging,
  organizationId: string,
  { notReviewedDays }: ReviewScope,
  ids: readonly string[],
) {
  if (notReviewedDays === undefined) return new Set<string>()
  const since = new Date(now().getTime() - notReviewedDays * dayMs)
  const rows = await db.accessReviewItem.findMany({
    where: { organizationId, thingId: { in: [...ids] }, decidedAt: { gte: since } },
    select: { thingId: true },
    distinct: ['thingId'],
  })
  return new Set(rows.map(({ thingId }) => thingId))
}

async function addItems(tx: Tx, takenAt: Date, review: ReviewRow, kind: ReviewedKind, found: Item[]) {
  const { id: reviewId, organizationId } = review
  await tx.accessReviewItem.createMany({
    data: found.map(({ id: thingId, snapshot }, at) => ({
      ...{ reviewId, number: review.items + at + 1, organizationId, kind, thingId, name: snapshot.name, takenAt },
      ...{ snapshot: JSON.stringify(snapshot), isWide: snapshot.isWide },
      hasFindings: snapshot.findings.length > 0 || snapshot.isWide || snapshot.judged !== 'yes',
    })),
  })
}
