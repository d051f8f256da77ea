import { z } from 'zod'
import type { Db, Tx } from '@/lib/db/client'
import { fits, storedOr, storedOrNull } from '@/lib/db/stored-json'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import {
  FormerDecision,
  ItemDecision,
  ReviewedKind,
  ReviewScope,
  ReviewSnapshot,
  ReviewState,
} from '@/lib/model/access-review'

export type ReviewRow = NonNullable<Awaited<ReturnType<Db['accessReview']['findUnique']>>>
export type ItemRow = NonNullable<Awaited<ReturnType<Db['accessReviewItem']['findUnique']>>>

/** A review of an organization. @throws AppError `not-found` */
export async function findReview(db: Pick<Tx, 'accessReview'>, organizationId: string, id: string): Promise<ReviewRow> {
  const row = isId(id) ? await db.accessReview.findUnique({ where: { id } }) : null
  if (row?.organizationId !== organizationId) throw notFound('There is no access review with that id.')
  return row
}

/** An item of a review. @throws AppError `not-found` */
export async function findItem(db: Pick<Tx, 'accessReviewItem'>, reviewId: string, number: number): Promise<ItemRow> {
  const row = await db.accessReviewItem.findUnique({ where: { reviewId_number: { reviewId, number } } })
  if (!row) throw notFound('There is no item with that number in this access review.')
  return row
}

const Ids = z.array(z.string())

/** Ids of the people who decide beside admins; none where they cannot be read. */
export const reviewerIdsOf = ({ reviewers }: Pick<ReviewRow, 'reviewers'>): string[] => storedOr(reviewers, Ids, [])

/** What a review is about; null where it cannot be read. */
export const scopeOf = ({ scope }: Pick<ReviewRow, 'scope'>): ReviewScope | null => storedOrNull(scope, ReviewScope)

/** The state of a review; one that cannot be read is closed. */
export function stateOf({ state }: Pick<ReviewRow, 'state'>): ReviewState {
  const stored = fits(state, ReviewState)
  return stored.readable ? stored.value : 'closed'
}

/** A review as it is answered, without the names of its reviewers. */
export function toReview(row: ReviewRow, now: Date) {
  const { organizationId: _, position: __, scope: ___, reviewers: ____, ...rest } = row
  const undecided = Math.max(0, row.items - row.kept - row.narrowing - row.narrowed - row.removed)
  const state = stateOf(row)
  return {
    ...{ ...rest, state, undecided, scope: scopeOf(row), reviewerIds: reviewerIdsOf(row) },
    isOverdue: state !== 'closed' && row.dueAt <= now,
    /** Closed while its items were still being taken. */
    isIncomplete: state === 'closed' && row.collectedAt === null,
  }
}
export type ReviewView = ReturnType<typeof toReview>

/** An item as it is stored, read. */
export function readItem(row: ItemRow) {
  const [kind, decision] = [fits(row.kind, ReviewedKind), fits(row.decision, ItemDecision)]
  return {
    kind: kind.readable ? kind.value : null,
    decision: decision.readable ? decision.value : ('undecided' as const),
    snapshot: storedOrNull(row.snapshot, ReviewSnapshot),
    former: storedOrNull(row.former, FormerDecision),
    aside: storedOrNull(row.aside, Aside),
  }
}

/** Why it could not be told whether an item is narrower, and in which version of its trust. */
export const Aside = z.object({ version: z.number().nullable(), reason: z.string() })

/** The decision on an item, as the one that overrides it keeps it. */
export const formerOf = (
  { reason, decidedAt, decidedById, decidedByName }: ItemRow,
  decision: ItemDecision,
): FormerDecision => ({
  ...{ decision, reason, decidedAt: decidedAt?.toISOString() ?? null, decidedById, decidedByName },
})

export const reviewTarget = ({ id, name }: Pick<ReviewRow, 'id' | 'name'>) => ({ kind: 'review', id, name })

/** A review in the audit, named with one of its items. */
export const itemTarget = ({ id, name }: Pick<ReviewRow, 'id' | 'name'>, item: Pick<ItemRow, 'name'>) => ({
  ...{ kind: 'review', id, name: `${item.name} · ${name}` },
})
