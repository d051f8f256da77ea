import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { itemOf, reviewInput, startedReview } from '@/e2e/fixtures/access-reviews'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import { createIdentity } from '../identity/create-identity'
import { setOrganizationSettings } from '../organization/settings'
import { closeReview } from './close-review'
import { collectItems } from './collect-items'
import { decideItem } from './decide-item'
import { exportItems } from './export-items'
import { keepClean } from './keep-clean'
import { listItems } from './list-items'
import { getReview } from './list-reviews'
import { settleNarrowed } from './settle-narrowed'
import { startReview } from './start-review'
import { countUnreviewed } from './unreviewed'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  afterEach(async () => {
    await service.db.accessReview.deleteMany()
    await service.db.identity.deleteMany()
  })

  test('a review of what was not reviewed lately leaves out what was', async () => {
    const { ctx } = await service.person('admin')
    const { id } = await createIdentity(ctx, { name: 'reviewed', role: 'auditor' })
    const first = await startedReview(ctx)
    const { number } = await itemOf(ctx, first.id, id)
    await decideItem(ctx, { reviewId: first.id, number }, { decision: 'keep' })
    const next = await startedReview(ctx, { notReviewedDays: 30 })
    await expect(itemOf(ctx, next.id, id)).rejects.toThrow('is in no item')
  })

  test('what another organization decided on a person whom both have is not reviewed here', async () => {
    await setOrganizationSettings((await service.person('admin')).ctx, { reviewIntervalDays: 30 })
    const { ctx } = await service.person('admin')
    const { id: both } = await service.person('member')
    const createdAt = new Date('2026-01-01T00:00:00Z')
    await service.db.membership.updateMany({ where: { userId: both }, data: { createdAt } })
    const due = async () => (await countUnreviewed(ctx)).people
    const before = await due()
    const first = await startedReview(ctx, { kinds: ['person'] })
    const { number } = await itemOf(ctx, first.id, both)
    await decideItem(ctx, { reviewId: first.id, number }, { decision: 'keep' })
    expect(await due()).toBe(before - 1)
    const other = randomUUID()
    await service.db.organization.create({ data: { id: other, name: 'Other', slug: other } })
    await service.db.accessReview.update({ where: { id: first.id }, data: { organizationId: other } })
    await service.db.accessReviewItem.updateMany({ where: { reviewId: first.id }, data: { organizationId: other } })
    expect(await due()).toBe(before)
    const next = await startedReview(ctx, { kinds: ['person'], notReviewedDays: 30 })
    expect(await itemOf(ctx, next.id, both)).toMatchObject({ decision: 'undecided' })
  })

  test('one whose state cannot be read is answered as closed, and nothing is decided in it', async () => {
    const { ctx } = await service.person('admin')
    const { id } = await createIdentity(ctx, { name: 'kept', role: 'auditor' })
    const review = await startedReview(ctx)
    const { number } = await itemOf(ctx, review.id, id)
    await service.db.accessReview.update({ where: { id: review.id }, data: { state: 'no state' } })
    expect(await getReview(ctx, review.id)).toMatchObject({ state: 'closed' })
    const refused = { kind: 'rule', reason: 'review_closed' }
    await expect(decideItem(ctx, { reviewId: review.id, number }, { decision: 'keep' })).rejects.toMatchObject(refused)
    await expect(keepClean(ctx, review.id, 0)).rejects.toMatchObject(refused)
  })

  test('is unknown to another organization', async () => {
    const { ctx } = await service.person('admin')
    const review = await startedReview(ctx)
    const other = randomUUID()
    await service.db.organization.create({ data: { id: other, name: 'Other', slug: other } })
    await service.db.accessReview.update({ where: { id: review.id }, data: { organizationId: other } })
    const acts = [
      () => getReview(ctx, review.id),
      () => listItems(ctx, review.id, {}),
      () => exportItems(ctx, review.id),
      () => decideItem(ctx, { reviewId: review.id, number: 1 }, { decision: 'keep' }),
      () => keepClean(ctx, review.id, 0),
      () => settleNarrowed(ctx, review.id, { after: 0 }),
      () => collectItems(ctx, review.id),
      () => closeReview(ctx, review.id),
    ]
    for (const act of acts) await expect(act()).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('needs a due date to come, and reviewers that can decide', async () => {
    const { ctx } = await service.person('admin')
    const auditor = await service.person('auditor')
    const past = startReview(ctx, reviewInput({}, { dueAt: '2026-05-01T00:00:00Z' }))
    await expect(past).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: ['dueAt'] }] })
    const unable = startReview(ctx, reviewInput({}, { reviewers: [auditor.id] }))
    await expect(unable).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: ['reviewers', 0] }] })
  })
})
