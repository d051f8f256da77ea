import { afterEach, describe, expect, test, vi } from 'vitest'
import { claimRule, itemOf, startedReview, wideIdentity } from '@/e2e/fixtures/access-reviews'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import type { ReviewedKind } from '@/lib/model/access-review'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { removeTrust } from '../trust/remove-trust'
import { updateTrust } from '../trust/update-trust'
import { decideItem } from './decide-item'
import { exportItems } from './export-items'
import { listItems } from './list-items'
import { getReview } from './list-reviews'
import { settleNarrowed } from './settle-narrowed'

/** Comparing fails for trusts of this name, as it does where it takes too long. */
const incomparable = 'cannot be compared'
vi.mock('@/lib/analysis-thread/run-job', async (original) => {
  const { runJob } = await original<typeof import('@/lib/analysis-thread/run-job')>()
  const failing: typeof runJob = async (name, input, asker) => {
    if (name === 'compare' && JSON.stringify(input).includes(incomparable)) throw new Error('it took too long')
    return runJob(name, input, asker)
  }
  return { runJob: failing }
})

const why = 'It is used by the nightly release.'
const otherwise = 'Its owner has left; nothing uses it.'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  afterEach(async () => {
    await service.db.accessReview.deleteMany()
    await service.db.identity.deleteMany()
  })

  async function reviewOf(ctx: Context, kinds: ReviewedKind[], thingId: string) {
    const { id: reviewId } = await startedReview(ctx, { kinds })
    const { number } = await itemOf(ctx, reviewId, thingId)
    return { reviewId, number }
  }

  test('a decision on what another reviewer decided is refused, and says who decided what', async () => {
    const [ada, bob] = [await service.person('admin', 'Ada'), await service.person('admin', 'Bob')]
    const { id } = await createIdentity(ada.ctx, { name: 'agent', role: 'member' })
    const place = await reviewOf(ada.ctx, ['identity'], id)
    const { mark, version } = await itemOf(bob.ctx, place.reviewId, id)
    await decideItem(ada.ctx, place, { decision: 'narrow', mark, version })
    for (const read of [{ mark, version }, { mark }, {}]) {
      const act = decideItem(bob.ctx, place, { decision: 'keep', reason: otherwise, ...read })
      await expect(act).rejects.toMatchObject({
        kind: 'conflict',
        message: expect.stringMatching(/^Ada decided “To be narrowed” on it on 2026-06-01 12:00 UTC\..* version 1 /),
      })
    }
    expect(await itemOf(ada.ctx, place.reviewId, id)).toMatchObject({ decision: 'narrowing', decidedByName: 'Ada' })
    expect(await getReview(ada.ctx, place.reviewId)).toMatchObject({ narrowing: 1, kept: 0 })
  })

  test('overriding names the version and the reason, and is on record with the decision that it overrides', async () => {
    const [ada, bob] = [await service.person('admin', 'Ada'), await service.person('admin', 'Bob')]
    const { id } = await createIdentity(ada.ctx, { name: 'agent', role: 'member' })
    const place = await reviewOf(ada.ctx, ['identity'], id)
    await decideItem(ada.ctx, place, { decision: 'narrow', reason: why, version: 0 })
    await expect(decideItem(bob.ctx, place, { decision: 'keep', version: 1 })).rejects.toMatchObject({
      ...{ kind: 'invalid', fields: [{ path: ['reason'], code: 'reason_needed' }] },
    })
    const { ctx } = bob
    const item = await decideItem(ctx, place, { decision: 'keep', reason: otherwise, version: 1 })
    const former = { decision: 'narrowing', reason: why, decidedByName: 'Ada', decidedById: ada.id }
    expect(item).toMatchObject({ decision: 'kept', version: 2, decidedByName: 'Bob', former })
    const [entry] = await service.recorded(ctx)
    expect(entry).toMatchObject({ action: 'review.decision-overridden', reason: otherwise, before: former })
    expect(entry).toMatchObject({ after: { decision: 'kept', id }, actorName: 'Bob' })
    expect(await getReview(ctx, place.reviewId)).toMatchObject({ narrowing: 0, kept: 1 })
    const lines = []
    for await (const line of await exportItems(ctx, place.reviewId)) lines.push(line)
    const overrode = { overrode: 'narrowing', overrodeByName: 'Ada', overrodeReason: why }
    expect(lines.filter(({ number }) => number === place.number)).toMatchObject([overrode])
  })

  test('of decisions on one version that are made at once, one is made', async () => {
    const [ada, bob] = [await service.person('admin', 'Ada'), await service.person('admin', 'Bob')]
    const { id } = await createIdentity(ada.ctx, { name: 'agent', role: 'member' })
    const place = await reviewOf(ada.ctx, ['identity'], id)
    const outcomes = await Promise.allSettled([
      decideItem(ada.ctx, place, { decision: 'keep', reason: why, version: 0 }),
      decideItem(bob.ctx, place, { decision: 'narrow', reason: otherwise, version: 0 }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'conflict', reason: 'decided_meanwhile' },
    })
    const review = await getReview(ada.ctx, place.reviewId)
    expect([review.kept + review.narrowing, (await itemOf(ada.ctx, place.reviewId, id)).version]).toEqual([1, 1])
  })

  test('the same decision again changes nothing, whatever version was read', async () => {
    const { ctx } = await service.person('admin')
    const { id } = await createIdentity(ctx, { name: 'agent', role: 'member' })
    const place = await reviewOf(ctx, ['identity'], id)
    await decideItem(ctx, place, { decision: 'keep', reason: why, version: 0 })
    expect(await decideItem(ctx, place, { decision: 'keep', reason: why, version: 0 })).toMatchObject({ version: 1 })
  })

  test('what cannot be compared is set aside with the reason, and the others are settled', async () => {
    const admin = await service.person('admin')
    const failing = await wideIdentity(admin.ctx, incomparable)
    const [forgotten, gone, narrowed] = [
      await wideIdentity(admin.ctx),
      await wideIdentity(admin.ctx),
      await wideIdentity(admin.ctx),
    ]
    const all = [failing, forgotten, gone, narrowed]
    const { id } = await startedReview(admin.ctx, { kinds: ['trust'] })
    for (const { trust } of all) {
      const { number } = await itemOf(admin.ctx, id, trust.id)
      await decideItem(admin.ctx, { reviewId: id, number }, { decision: 'narrow' })
      await updateTrust(admin.ctx, { id: trust.id }, (before) => ({ ...before, rules: [claimRule('sub', 'release')] }))
    }
    await service.db.trustVersion.deleteMany({ where: { trustId: forgotten.trust.id, version: 1 } })
    await removeTrust(admin.ctx, { id: gone.trust.id })
    const { ctx } = admin
    expect(await settleNarrowed(ctx, id, { after: 0 })).toEqual({ settled: 2, setAside: 2, next: null })
    const of = async ({ trust }: typeof failing) => itemOf(ctx, id, trust.id)
    expect(await of(failing)).toMatchObject({ decision: 'narrowing', aside: 'The comparison failed.' })
    expect(await of(forgotten)).toMatchObject({ decision: 'narrowing', aside: expect.stringMatching(/^Version 1, /) })
    expect([(await of(gone)).decision, (await of(narrowed)).decision]).toEqual(['narrowed', 'narrowed'])
    const actions = (await service.recorded(ctx)).map(({ action }) => action).sort()
    const [narrow, aside] = ['review.item-narrowed', 'review.item-set-aside']
    expect(actions).toEqual([narrow, narrow, aside, aside])
    // Until it changes, or it is asked for.
    const later = await service.person('admin')
    expect(await settleNarrowed(later.ctx, id, { after: 0 })).toEqual({ settled: 0, setAside: 0, next: null })
    expect(await settleNarrowed(later.ctx, id, { after: 0, again: true })).toMatchObject({ settled: 0, setAside: 2 })
    await updateTrust(ctx, { id: failing.trust.id }, (before) => ({ ...before, enabled: false }))
    expect(await settleNarrowed(later.ctx, id, { after: 0 })).toMatchObject({ settled: 1, setAside: 0 })
    expect(await of(failing)).toMatchObject({ decision: 'narrowed', aside: null })
  })

  test('an item of which the row cannot be read is set aside, and takes no other with it', async () => {
    const { ctx } = await service.person('admin')
    const [broken, lower] = [
      await createIdentity(ctx, { name: 'broken', role: 'member' }),
      await createIdentity(ctx, { name: 'lower', role: 'member' }),
    ]
    const { id: reviewId } = await startedReview(ctx)
    for (const { id } of [broken, lower]) {
      const { number } = await itemOf(ctx, reviewId, id)
      await decideItem(ctx, { reviewId, number }, { decision: 'narrow' })
    }
    const { number } = await itemOf(ctx, reviewId, broken.id)
    const where = { reviewId_number: { reviewId, number } }
    await service.db.accessReviewItem.update({ where, data: { narrowFrom: '{', snapshot: '[]' } })
    await service.db.identity.updateMany({ where: { id: lower.id }, data: { role: 'no-access' } })
    expect(await settleNarrowed(ctx, reviewId, { after: 0 })).toMatchObject({ settled: 1, setAside: 1 })
    expect((await listItems(ctx, reviewId, { decision: 'narrowing' })).items).toMatchObject([
      { thingId: broken.id, aside: 'What it was when this was decided cannot be read.' },
    ])
  })

  test('an item of a kind that cannot be read is set aside once, and again where that is asked', async () => {
    const { ctx } = await service.person('admin')
    const { id } = await createIdentity(ctx, { name: 'broken', role: 'member' })
    const { id: reviewId } = await startedReview(ctx)
    const { number } = await itemOf(ctx, reviewId, id)
    await decideItem(ctx, { reviewId, number }, { decision: 'narrow' })
    const where = { reviewId_number: { reviewId, number } }
    await service.db.accessReviewItem.update({ where, data: { kind: 'gadget' } })
    const settled = async (again = false) => (await settleNarrowed(ctx, reviewId, { after: 0, again })).setAside
    expect([await settled(), await settled(), await settled(true)]).toEqual([1, 0, 1])
  })
})
