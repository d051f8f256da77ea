import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { itemOf, reviewInput, startedReview, wideIdentity } from '@/e2e/fixtures/access-reviews'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import { laterStories } from '@/lib/model/summary'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { closeReview } from './close-review'
import { collectItems, collectReviews } from './collect-items'
import { decideItem } from './decide-item'
import { exportItems } from './export-items'
import { keepClean } from './keep-clean'
import { listItems } from './list-items'
import { getReview } from './list-reviews'

/** Judging fails for trusts of this name, as it does where it takes too long. */
const unjudgeable = 'cannot be judged'
vi.mock('@/lib/analysis-thread/run-job', async (original) => {
  const { runJob } = await original<typeof import('@/lib/analysis-thread/run-job')>()
  const failing: typeof runJob = async (name, input, asker) => {
    if (name === 'summarise' && JSON.stringify(input).includes(unjudgeable)) throw new Error('it took too long')
    return runJob(name, input, asker)
  }
  return { runJob: failing }
})

const unhurried = { mayGoOn: () => true, pause: async () => {} }
const why = 'It is used by the nightly release.'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  afterEach(async () => {
    await service.db.accessReview.deleteMany()
    await service.db.identity.deleteMany()
  })

  const identities = (count: number) =>
    service.db.identity.createMany({
      data: Array.from({ length: count }, (_, n) => ({
        ...{ id: randomUUID(), organizationId: service.organizationId, name: `many ${n}`, role: 'no-access' },
      })),
    })
  /** A review of which no more than its row is there, as a server leaves it that stops right after. */
  async function begun(ctx: Context, count: number) {
    await identities(count)
    const { dueAt, scope, ...input } = reviewInput()
    const id = randomUUID()
    await service.db.accessReview.create({
      data: {
        ...{ ...input, id, organizationId: service.organizationId, dueAt: new Date(dueAt), createdAt: ctx.now() },
        ...{ scope: JSON.stringify(scope), reviewers: '[]', total: count },
      },
    })
    return id
  }
  const one = () => {
    let pages = 0
    return { ...unhurried, mayGoOn: () => pages++ === 0 }
  }

  test('says how far it is, goes on where another server stopped, and takes each thing once', async () => {
    const { ctx } = await service.person('admin')
    const id = await begun(ctx, 250)
    await collectReviews(ctx, one())
    expect(await getReview(ctx, id)).toMatchObject({ state: 'collecting', looked: 100, total: 250, items: 100 })
    await collectReviews(ctx, unhurried)
    expect(await getReview(ctx, id)).toMatchObject({ state: 'open', looked: 250, items: 250, collectedAt: ctx.now() })
    const taken = new Set<string>()
    for await (const { thingId } of await exportItems(ctx, id)) taken.add(thingId)
    expect(taken.size).toBe(250)
    const entry = await service.db.auditEntry.findFirst({ where: { action: 'review.collected', targetId: id } })
    expect(entry).toMatchObject({ actorKind: 'system', organizationId: service.organizationId })
  })

  test('two that take the same page at once take it once', async () => {
    const { ctx } = await service.person('admin')
    const id = await begun(ctx, 150)
    await Promise.all([collectReviews(ctx, one()), collectReviews(ctx, one()), collectItems(ctx, id)])
    await collectReviews(ctx, unhurried)
    expect(await getReview(ctx, id)).toMatchObject({ state: 'open', looked: 150, items: 150 })
  })

  test('a review whose items are still being taken is closed with those that it has, and takes no more', async () => {
    const admin = await service.person('admin')
    const id = await begun(admin.ctx, 250)
    await collectReviews(admin.ctx, one())
    const { ctx } = admin
    const closed = await closeReview(ctx, id)
    expect(closed).toMatchObject({ state: 'closed', isIncomplete: true, items: 100, looked: 100 })
    const [entry] = await service.recorded(ctx)
    expect(entry).toMatchObject({ action: 'review.closed', after: { isIncomplete: true, looked: 100, total: 250 } })
    await collectReviews(ctx, unhurried)
    expect(await collectItems(ctx, id)).toMatchObject({ state: 'closed', items: 100 })
  })

  test('one whose scope cannot be read holds up no other, and can be closed', async () => {
    const { ctx } = await service.person('admin')
    const [broken, whole] = [await begun(ctx, 1), await begun(ctx, 1)]
    await service.db.accessReview.update({ where: { id: broken }, data: { scope: '{' } })
    await collectReviews(ctx, unhurried)
    expect(await getReview(ctx, whole)).toMatchObject({ state: 'open' })
    expect(await getReview(ctx, broken)).toMatchObject({ state: 'collecting' })
    expect(await closeReview(ctx, broken)).toMatchObject({ state: 'closed', isIncomplete: true })
  })

  test('more trusts than one request judges are all judged before they are taken', async () => {
    const { ctx } = await service.person('admin')
    for (let n = 0; n < 45; n++) await wideIdentity(ctx)
    await service.db.trustPosture.deleteMany()
    const review = await startedReview(ctx, { kinds: ['trust', 'identity'] })
    const { items } = await listItems(ctx, review.id, { limit: 100 })
    expect(items.map(({ snapshot }) => snapshot?.judged)).toEqual(Array(90).fill('yes'))
    expect(items.every(({ isWide, hasFindings }) => isWide && hasFindings)).toBe(true)
  })

  test('what is not judged yet says so, is passed over by keeping without a look, and is filled in', async () => {
    const { ctx } = await service.person('admin')
    for (let n = 0; n < 25; n++) await wideIdentity(ctx)
    const review = await startedReview(ctx, { kinds: ['trust'] })
    // As it is when all trusts have changed, and nothing is found in them but by their stories.
    await service.db.trustPosture.updateMany({ data: { found: '[]', stories: laterStories, admitted: null } })
    const emptied = { findings: [], isWide: false, strangers: null }
    for (const { number, snapshot } of (await readStored()).items) {
      const text = JSON.stringify({ ...JSON.parse(snapshot), ...emptied })
      const where = { reviewId_number: { reviewId: review.id, number } }
      await service.db.accessReviewItem.update({ where, data: { snapshot: text, hasFindings: false, isWide: false } })
    }
    const { items } = await listItems(ctx, review.id, { limit: 100 })
    expect(items.filter(({ now }) => now?.judged === 'waiting')).toHaveLength(5)
    const later = items.find(({ now }) => now?.judged === 'waiting')
    await service.db.trustPosture.updateMany({ data: { found: '[]', stories: laterStories, admitted: null } })
    // Twenty were judged by then, and are wide; of five it is not known.
    expect(await keepClean(ctx, review.id, 0)).toMatchObject({ kept: 0, unjudged: 5 })
    expect(await itemOf(ctx, review.id, later?.thingId ?? '')).toMatchObject({ now: { judged: 'yes', isWide: true } })

    async function readStored() {
      return { items: await service.db.accessReviewItem.findMany({ where: { reviewId: review.id } }) }
    }
  })

  test('a trust that cannot be judged is taken as such, and the others with what was found in them', async () => {
    const { ctx } = await service.person('admin')
    const broken = await wideIdentity(ctx, unjudgeable)
    const other = await wideIdentity(ctx)
    await service.db.trustPosture.deleteMany()
    const review = await startedReview(ctx, { kinds: ['trust'] })
    const item = await itemOf(ctx, review.id, broken.trust.id)
    expect(item).toMatchObject({ snapshot: { judged: 'failed' }, now: { judged: 'failed' }, hasFindings: true })
    expect(await itemOf(ctx, review.id, other.trust.id)).toMatchObject({ snapshot: { judged: 'yes' }, isWide: true })
    expect(await keepClean(ctx, review.id, 0)).toMatchObject({ kept: 0, unjudged: 1 })
    const place = { reviewId: review.id, number: item.number }
    await expect(decideItem(ctx, place, { decision: 'keep' })).rejects.toMatchObject({
      fields: [{ path: ['reason'], code: 'reason_needed' }],
    })
    expect(await decideItem(ctx, place, { decision: 'keep', reason: why })).toMatchObject({ decision: 'kept' })
  })

  test('an empty review is open at once', async () => {
    const { ctx } = await service.person('admin')
    await createIdentity(ctx, { name: 'other role', role: 'auditor' })
    expect(await startedReview(ctx, { role: 'no-access' })).toMatchObject({ state: 'open', items: 0, looked: 1 })
  })
})
