import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { claimRule, itemOf, reviewInput, startedReview, wideIdentity } from '@/e2e/fixtures/access-reviews'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { failing } from '@/e2e/fixtures/failing-database'
import { watchedClient } from '@/e2e/fixtures/query-plans'
import { useService } from '@/e2e/fixtures/service'
import { attachTokenAuth, createToken } from '../access-token/token-auth'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { updateTrust } from '../trust/update-trust'
import { closeReview } from './close-review'
import { collectItems } from './collect-items'
import { decideItem } from './decide-item'
import { exportItems } from './export-items'
import { batchRows } from './item-rows'
import { keepClean } from './keep-clean'
import { listItems } from './list-items'
import { getReview, listReviews } from './list-reviews'
import { settleNarrowed } from './settle-narrowed'
import { startReview } from './start-review'

const why = 'It is used by the nightly release.'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  afterEach(async () => {
    await service.db.accessReview.deleteMany()
    await service.db.identity.deleteMany()
  })

  /** What an act of a review may change. */
  const stored = () => {
    const { db } = service
    const byId = { orderBy: { id: 'asc' as const } }
    const items = db.accessReviewItem.findMany({ orderBy: { number: 'asc' } })
    return Promise.all([
      db.accessReview.findMany(byId),
      items,
      db.auditEntry.findMany(byId),
      db.identity.findMany(byId),
    ])
  }
  test('takes a snapshot of each thing of the scope, with what it allows in a sentence', async () => {
    const admin = await service.person('admin', 'Ada')
    const { identity, trust } = await wideIdentity(admin.ctx)
    await attachTokenAuth(admin.ctx, identity.id, {})
    const token = await createToken(admin.ctx, identity.id, undefined)
    const review = await startedReview(admin.ctx, { kinds: ['identity', 'trust', 'person', 'token'] })
    expect(review).toMatchObject({ state: 'open', kept: 0, undecided: review.items, createdByName: 'Ada' })
    const trustItem = await itemOf(admin.ctx, review.id, trust.id)
    expect(trustItem).toMatchObject({ kind: 'trust', isWide: true, hasFindings: true, changes: [] })
    expect(trustItem.snapshot).toMatchObject({ enabled: true, version: 1, ownerName: identity.name })
    expect(trustItem.snapshot?.sentence).toContain('issuer.example')
    const identityItem = await itemOf(admin.ctx, review.id, identity.id)
    expect(identityItem.snapshot?.sentence).toContain(trustItem.snapshot?.sentence)
    expect(identityItem.snapshot?.sentence).toContain('Token Auth')
    expect(await itemOf(admin.ctx, review.id, token.id)).toMatchObject({ kind: 'token' })
    const person = await itemOf(admin.ctx, review.id, admin.id)
    expect(person.snapshot).toMatchObject({ role: 'admin', findings: [{ id: 'no-second-factor' }] })
    expect((await service.recorded(admin.ctx)).length).toBe(0)
  })

  test('takes thousands of things page by page, each once', async () => {
    const { ctx } = await service.person('admin')
    const rows = Array.from({ length: 1_234 }, (_, n) => ({
      ...{ id: randomUUID(), organizationId: service.organizationId, name: `many ${n}`, role: 'no-access' },
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, Math.floor(n / 50))),
    }))
    await service.db.identity.createMany({ data: rows })
    const review = await startedReview(ctx, { role: 'no-access' })
    expect(review).toMatchObject({ items: 1_234, isCut: false })
    const seen: string[] = []
    const watched = watchedClient(process.env.DATABASE_URL ?? '')
    const statements = await watched.countOf(async () => {
      const items = await exportItems({ ...ctx, db: watched.db }, review.id)
      for await (const { thingId } of items) seen.push(thingId)
    })
    await watched.db.$disconnect()
    // The review, once, and its items.
    expect(statements).toBe(1 + Math.ceil(1_234 / batchRows))
    expect(seen.sort()).toEqual(rows.map(({ id }) => id).sort())
    let [kept, after]: [number, number | null] = [0, 0]
    while (after !== null) {
      const step = await keepClean(ctx, review.id, after)
      kept += step.kept
      after = step.next
    }
    expect(kept).toBe(1_234)
    expect(await getReview(ctx, review.id)).toMatchObject({ kept: 1_234, undecided: 0 })
  })

  test('keeping what is wide, and removing anything, need a reason', async () => {
    const admin = await service.person('admin', 'Ada')
    const { trust } = await wideIdentity(admin.ctx)
    const review = await startedReview(admin.ctx, { kinds: ['trust'], onlyWide: true })
    const { number, mark } = await itemOf(admin.ctx, review.id, trust.id)
    const place = { reviewId: review.id, number }
    for (const decision of ['keep', 'remove'] as const) {
      await expect(decideItem(admin.ctx, place, { decision })).rejects.toMatchObject({
        ...{ kind: 'invalid', fields: [{ path: ['reason'], code: 'reason_needed' }] },
      })
    }
    const { ctx } = admin
    const kept = await decideItem(ctx, place, { decision: 'keep', reason: why, mark })
    expect(kept).toMatchObject({ decision: 'kept', reason: why, decidedByName: 'Ada', decidedById: admin.id })
    const [entry] = await service.recorded(ctx)
    expect(entry).toMatchObject({ action: 'review.item-decided', targetId: review.id, reason: why })
    expect(entry).toMatchObject({ before: { decision: 'undecided' }, after: { decision: 'kept', id: trust.id } })
    expect(await getReview(ctx, review.id)).toMatchObject({ kept: 1, undecided: review.items - 1 })
  })

  test('removing removes the thing and is on record twice, or nothing has happened', async () => {
    const admin = await service.person('admin')
    const { identity } = await wideIdentity(admin.ctx)
    const review = await startedReview(admin.ctx)
    const { number } = await itemOf(admin.ctx, review.id, identity.id)
    const place = { reviewId: review.id, number }
    const patch = { decision: 'remove' as const, reason: why }
    const before = await stored()
    const broken = { ...admin.ctx, db: failing(service.db, 'auditEntry') }
    await expect(decideItem(broken, place, patch)).rejects.toThrow('the disk is full')
    expect(await stored()).toEqual(before)
    const { ctx } = admin
    expect(await decideItem(ctx, place, patch)).toMatchObject({
      ...{ decision: 'removed', now: null, changes: ['It no longer exists.'] },
    })
    expect((await service.recorded(ctx)).map(({ action }) => action).sort()).toEqual([
      'identity.deleted',
      'review.item-decided',
    ])
    expect(await service.db.identity.findUnique({ where: { id: identity.id } })).toBeNull()
    await expect(decideItem(ctx, place, { decision: 'keep' })).rejects.toMatchObject({ reason: 'item_removed' })
  })

  test('the checks of the verb that removes hold in a review', async () => {
    const admin = await service.person('admin')
    const { id } = await createIdentity(admin.ctx, { name: 'kept', hasDeleteProtection: true })
    const review = await startedReview(admin.ctx)
    const { number } = await itemOf(admin.ctx, review.id, id)
    const act = decideItem(admin.ctx, { reviewId: review.id, number }, { decision: 'remove', reason: why })
    await expect(act).rejects.toThrow('protected from deletion')
    expect(await itemOf(admin.ctx, review.id, id)).toMatchObject({ decision: 'undecided' })
  })

  test('what changed since the snapshot is told, and a decision on what was read before it is refused', async () => {
    const { ctx } = await service.person('admin')
    const { trust } = await wideIdentity(ctx)
    const review = await startedReview(ctx, { kinds: ['trust'] })
    const { number, mark } = await itemOf(ctx, review.id, trust.id)
    const place = { reviewId: review.id, number }
    await updateTrust(ctx, { id: trust.id }, (before) => ({ ...before, rules: [claimRule('sub', 'release')] }))
    const stale = decideItem(ctx, place, { decision: 'keep', reason: why, mark })
    await expect(stale).rejects.toMatchObject({ kind: 'conflict', reason: 'changed_meanwhile' })
    const item = await itemOf(ctx, review.id, trust.id)
    expect(item.changes).toContain('Version 1 became version 2.')
    expect(item.mark).not.toBe(mark)
    await decideItem(ctx, place, { decision: 'keep', reason: why, mark: item.mark })
  })

  test('a trust that is to be narrowed is settled by a version that accepts less, and by no other', async () => {
    const { ctx } = await service.person('admin')
    const { trust } = await wideIdentity(ctx)
    const review = await startedReview(ctx, { kinds: ['trust'] })
    const { number } = await itemOf(ctx, review.id, trust.id)
    await decideItem(ctx, { reviewId: review.id, number }, { decision: 'narrow' })
    const settled = async () => (await settleNarrowed(ctx, review.id, { after: 0 })).settled
    expect(await settled()).toBe(0)
    await updateTrust(ctx, { id: trust.id }, (before) => ({ ...before, name: 'another name' }))
    expect(await settled()).toBe(0)
    await updateTrust(ctx, { id: trust.id }, (before) => ({ ...before, rules: [claimRule('sub', 'release')] }))
    expect(await settled()).toBe(1)
    expect(await itemOf(ctx, review.id, trust.id)).toMatchObject({ decision: 'narrowed' })
    expect(await getReview(ctx, review.id)).toMatchObject({ narrowing: 0, narrowed: 1 })
  })

  test('keeping without a look leaves what has findings, and what has changed', async () => {
    const { ctx } = await service.person('admin')
    const { identity } = await wideIdentity(ctx)
    const same = await createIdentity(ctx, { name: 'same', role: 'auditor' })
    const changed = await createIdentity(ctx, { name: 'changed', role: 'auditor' })
    const review = await startedReview(ctx)
    await service.db.identity.update({ where: { id: changed.id }, data: { role: 'member' } })
    await keepClean(ctx, review.id, 0)
    expect(await itemOf(ctx, review.id, same.id)).toMatchObject({ decision: 'kept', reason: null })
    expect(await itemOf(ctx, review.id, identity.id)).toMatchObject({ decision: 'undecided' })
    expect(await itemOf(ctx, review.id, changed.id)).toMatchObject({
      ...{ decision: 'undecided', changes: ['Its role was auditor and is member now.'] },
    })
  })

  test('members decide where they are reviewers, on nothing above them, and on no people', async () => {
    const admin = await service.person('admin')
    const member = await service.person('member', 'Mel')
    const other = await service.person('member')
    const low = await createIdentity(admin.ctx, { name: 'low', role: 'member' })
    const high = await createIdentity(admin.ctx, { name: 'high', role: 'admin' })
    const review = await startedReview(admin.ctx, { kinds: ['identity', 'person'] }, { reviewers: [member.id] })
    const decide = async (ctx: Context, thingId: string) => {
      const { number } = await itemOf(ctx, review.id, thingId)
      return decideItem(ctx, { reviewId: review.id, number }, { decision: 'keep', reason: why })
    }
    expect(await getReview(member.ctx, review.id)).toMatchObject({ mayDecide: true, reviewers: [{ name: 'Mel' }] })
    expect(await getReview(other.ctx, review.id)).toMatchObject({ mayDecide: false })
    expect(await decide(member.ctx, low.id)).toMatchObject({ decision: 'kept' })
    await expect(decide(member.ctx, high.id)).rejects.toMatchObject({ kind: 'forbidden', reason: 'rank_too_low' })
    await expect(decide(member.ctx, other.id)).rejects.toMatchObject({ kind: 'forbidden', reason: 'role_too_low' })
    await expect(decide(other.ctx, low.id)).rejects.toMatchObject({ kind: 'forbidden', reason: 'no_reviewer' })
    await expect(decide(admin.ctx, admin.id)).rejects.toMatchObject({ kind: 'rule', reason: 'own_access' })
    const auditor = await service.person('auditor')
    await expect(decide(auditor.ctx, low.id)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(startReview(member.ctx, reviewInput())).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(collectItems(member.ctx, review.id)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(closeReview(member.ctx, review.id)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(listReviews((await service.person('no-access')).ctx, {})).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('a closed review keeps its undecided items as such, and nothing more is decided', async () => {
    const { ctx } = await service.person('admin')
    await createIdentity(ctx, { name: 'left' })
    const review = await startedReview(ctx)
    const closed = await closeReview(ctx, review.id)
    expect(closed).toMatchObject({ state: 'closed', undecided: review.items, isOverdue: false })
    const decided = decideItem(ctx, { reviewId: review.id, number: 1 }, { decision: 'keep', reason: why })
    await expect(decided).rejects.toMatchObject({ reason: 'review_closed' })
    await expect(keepClean(ctx, review.id, 0)).rejects.toMatchObject({ reason: 'review_closed' })
    expect((await listItems(ctx, review.id, { decision: 'undecided' })).items.length).toBeGreaterThan(0)
    expect((await listReviews(ctx, { state: 'closed' })).reviews.map(({ id }) => id)).toContain(review.id)
    expect((await listReviews(ctx, { state: 'open' })).reviews.map(({ id }) => id)).not.toContain(review.id)
  })

  test.each([
    ['review.started', (ctx: Context) => startReview(ctx, reviewInput())],
    ['review.closed', async (ctx: Context) => closeReview(ctx, await anOpenReview())],
    ['review.items-kept', async (ctx: Context) => keepClean(ctx, await anOpenReview(), 0)],
  ])('%s has not happened when its entry cannot be written', async (_, act) => {
    const admin = await service.person('admin')
    await createIdentity(admin.ctx, { name: 'plain', role: 'auditor' })
    await startedReview(admin.ctx)
    const before = await stored()
    const broken = { ...admin.ctx, db: failing(service.db, 'auditEntry') }
    await expect(act(broken)).rejects.toThrow('the disk is full')
    expect(await stored()).toEqual(before)
  })

  const anOpenReview = async () => (await service.db.accessReview.findFirstOrThrow()).id
})
