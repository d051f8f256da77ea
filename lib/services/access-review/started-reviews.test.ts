import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import type { ReviewInput, ReviewScope } from '@/lib/model/access-review'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { closeReview } from './close-review'
import { collectItems } from './collect-items'
import { decideItem } from './decide-item'
import { keepClean } from './keep-clean'
import { listItems, readReviewItems } from './list-items'
import { getReview } from './list-reviews'
import { settleNarrowed } from './settle-narrowed'
import { startReview } from './start-review'

const due = '2026-06-15T12:00:00Z'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  afterEach(async () => {
    await service.db.accessReview.deleteMany()
    await service.db.identity.deleteMany()
  })

  const scope = (of: Partial<ReviewScope> = {}): ReviewScope => ({ kinds: ['identity'], onlyWide: false, ...of })
  const input = (of: Partial<ReviewScope> = {}, more: Partial<ReviewInput> = {}): ReviewInput => ({
    ...{ name: 'Quarter', dueAt: due, reviewers: [], scope: scope(of), ...more },
  })
  /** Started, and collected to its end. */
  async function started(ctx: Context, of: Partial<ReviewScope> = {}, more: Partial<ReviewInput> = {}) {
    let review = await startReview(ctx, input(of, more))
    while (review.state === 'collecting') review = await collectItems(ctx, review.id)
    return review
  }
  const itemOf = async (ctx: Context, reviewId: string, thingId: string) => {
    const { items } = await listItems(ctx, reviewId, { limit: 100 })
    const item = items.find((one) => one.thingId === thingId)
    if (!item) throw new Error(`${thingId} is in no item`)
    return item
  }
  test('a review of what was not reviewed lately leaves out what was', async () => {
    const { ctx } = await service.person('admin')
    const { id } = await createIdentity(ctx, { name: 'reviewed', role: 'auditor' })
    const first = await started(ctx)
    const { number } = await itemOf(ctx, first.id, id)
    await decideItem(ctx, { reviewId: first.id, number }, { decision: 'keep' })
    const next = await started(ctx, { notReviewedDays: 30 })
    await expect(itemOf(ctx, next.id, id)).rejects.toThrow('is in no item')
  })

  test('is unknown to another organization', async () => {
    const { ctx } = await service.person('admin')
    const review = await started(ctx)
    const other = randomUUID()
    await service.db.organization.create({ data: { id: other, name: 'Other', slug: other } })
    await service.db.accessReview.update({ where: { id: review.id }, data: { organizationId: other } })
    const acts = [
      () => getReview(ctx, review.id),
      () => listItems(ctx, review.id, {}),
      () => readReviewItems(ctx, review.id, { after: 0, limit: 1 }),
      () => decideItem(ctx, { reviewId: review.id, number: 1 }, { decision: 'keep' }),
      () => keepClean(ctx, review.id, 0),
      () => settleNarrowed(ctx, review.id, 0),
      () => collectItems(ctx, review.id),
      () => closeReview(ctx, review.id),
    ]
    for (const act of acts) await expect(act()).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('needs a due date to come, and reviewers that can decide', async () => {
    const { ctx } = await service.person('admin')
    const auditor = await service.person('auditor')
    const past = startReview(ctx, input({}, { dueAt: '2026-05-01T00:00:00Z' }))
    await expect(past).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: ['dueAt'] }] })
    const unable = startReview(ctx, input({}, { reviewers: [auditor.id] }))
    await expect(unable).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: ['reviewers', 0] }] })
  })
})
