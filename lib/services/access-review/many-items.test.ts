import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { itemOf, startedReview, wideIdentity } from '@/e2e/fixtures/access-reviews'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { failing } from '@/e2e/fixtures/failing-database'
import { useService } from '@/e2e/fixtures/service'
import { attachTokenAuth, createToken } from '../access-token/token-auth'
import type { Context } from '../context'
import { setFailureLog } from '../failure-log'
import { createIdentity } from '../identity/create-identity'
import { updateTrust } from '../trust/update-trust'
import { closeReview } from './close-review'
import { decideItem } from './decide-item'
import { decideItems } from './decide-items'
import { itemLosses } from './item-losses'
import { listItems } from './list-items'
import { getReview } from './list-reviews'
import { updateReview } from './update-review'

const why = 'The project ended in May.'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  afterEach(async () => {
    await service.db.accessReview.deleteMany()
    await service.db.identity.deleteMany()
  })

  const itemsOf = async (ctx: Context, reviewId: string, ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => itemOf(ctx, reviewId, id)))
  /** The items about some things, as a decision that is made without a look names them. */
  const numbersOf = async (ctx: Context, reviewId: string, things: readonly { id: string }[]) => {
    const ids = things.map(({ id }) => id)
    return (await itemsOf(ctx, reviewId, ids)).map(({ number }) => ({ number }))
  }

  test('several items are removed, each with its own entries; what is refused is said, and keeps no other', async () => {
    const admin = await service.person('admin')
    const make = (more: object = {}) => createIdentity(admin.ctx, { name: randomUUID(), role: 'member', ...more })
    const [one, two, kept, changed, decided] = [
      await make(),
      await make(),
      await make({ hasDeleteProtection: true }),
      await make(),
      await make(),
    ]
    const { id } = await startedReview(admin.ctx)
    const ids = [one, two, kept, changed, decided].map(({ id }) => id)
    const items = await itemsOf(admin.ctx, id, ids)
    const [, , protectedItem, changedItem, decidedItem] = items.map(({ number }) => number)
    await decideItem(admin.ctx, { reviewId: id, number: decidedItem ?? 0 }, { decision: 'keep' })
    await service.db.identity.update({ where: { id: changed.id }, data: { role: 'auditor' } })
    const { ctx } = admin
    const chosen = items.map(({ number, mark }) => ({ number, mark }))
    const done = await decideItems(ctx, id, { decision: 'remove', reason: why, items: chosen })
    expect(done).toMatchObject({ decided: 2 })
    expect(new Map(done.refused.map(({ number, reason }) => [number, reason]))).toEqual(
      new Map([
        [protectedItem, null],
        [changedItem, 'changed_meanwhile'],
        [decidedItem, 'decided_already'],
      ]),
    )
    expect(await service.db.identity.count({ where: { id: { in: ids } } })).toBe(3)
    const entries = await service.recorded(ctx)
    expect(entries.map(({ action }) => action).sort()).toEqual([
      ...['identity.deleted', 'identity.deleted', 'review.item-decided', 'review.item-decided'],
    ])
    expect(entries.filter(({ action }) => action === 'review.item-decided').map(({ reason }) => reason)).toEqual([
      why,
      why,
    ])
    expect(await getReview(ctx, id)).toMatchObject({ removed: 2, kept: 1 })
  })

  /** The same database, in which the entry of an act about a thing cannot be written. */
  const failingAt = (thingId: string, failure: Error) =>
    service.db.$extends({
      query: {
        auditEntry: {
          create({ args, query }) {
            return args.data.targetId === thingId ? Promise.reject(failure) : query(args)
          },
        },
      },
    }) as unknown as Context['db']

  test('an item is removed with its entry, or not at all', async () => {
    const admin = await service.person('admin')
    const made = [await createIdentity(admin.ctx, { name: 'a' }), await createIdentity(admin.ctx, { name: 'b' })]
    const { id } = await startedReview(admin.ctx)
    const items = await numbersOf(admin.ctx, id, made)
    const broken = { ...admin.ctx, db: failing(service.db, 'auditEntry') }
    const act = decideItems(broken, id, { decision: 'remove', reason: why, items })
    await expect(act).rejects.toThrow('the disk is full')
    expect(await service.db.identity.count({ where: { id: { in: made.map(({ id }) => id) } } })).toBe(2)
    expect(await getReview(admin.ctx, id)).toMatchObject({ removed: 0 })
  })

  test('where it fails midway, what was decided before stays, and is told with what is left and why', async () => {
    const admin = await service.person('admin')
    const made = await Promise.all(['a', 'b', 'c', 'd'].map((name) => createIdentity(admin.ctx, { name })))
    const ids = made.map(({ id }) => id)
    const { id } = await startedReview(admin.ctx)
    const items = await numbersOf(admin.ctx, id, made)
    const told = vi.fn()
    setFailureLog(told)
    const failure = new Error('the disk is full')
    const { ctx } = admin
    const broken = { ...ctx, db: failingAt(ids[2] ?? '', failure) }
    const done = await decideItems(broken, id, { decision: 'remove', reason: why, items })
    setFailureLog(undefined)
    expect(done).toEqual({
      ...{ decided: 2, refused: [] },
      stopped: {
        message: expect.stringMatching(/log of the server/),
        unknown: null,
        left: [items[2], items[3]].map((item) => item?.number),
      },
    })
    expect(told.mock.calls).toEqual([[failure, expect.any(String), { reqId: ctx.requestId }]])
    const left = await service.db.identity.findMany({ where: { id: { in: ids } }, select: { id: true } })
    expect(left.map(({ id }) => id).sort()).toEqual([ids[2], ids[3]].sort())
    expect(await getReview(ctx, id)).toMatchObject({ removed: 2, undecided: expect.any(Number) })
    const decided = await service.db.accessReviewItem.count({ where: { reviewId: id, decision: 'removed' } })
    expect(decided).toBe(2)
    const entries = (await service.recorded(ctx)).map(({ action }) => action).sort()
    const [removed, recorded] = ['identity.deleted', 'review.item-decided']
    expect(entries).toEqual([removed, removed, recorded, recorded])
  })

  test('an item whose transaction was committed although its answer was lost counts as decided', async () => {
    const { ctx } = await service.person('admin')
    const made = await Promise.all(['a', 'b'].map((name) => createIdentity(ctx, { name })))
    const { id } = await startedReview(ctx)
    const items = await numbersOf(ctx, id, made)
    const { db } = ctx
    const losing = new Proxy(db, {
      get(target, name) {
        if (name !== '$transaction') return Reflect.get(target, name)
        return async (...asked: Parameters<typeof db.$transaction>) => {
          await target.$transaction(...asked)
          throw new Error('the connection was lost')
        }
      },
    })
    const done = await decideItems({ ...ctx, db: losing }, id, { decision: 'remove', reason: why, items })
    expect(done).toMatchObject({ decided: 1, stopped: { unknown: null, left: [items[1]?.number] } })
    expect(await getReview(ctx, id)).toMatchObject({ removed: 1 })
  })

  test('where it cannot be read whether an item was decided, that is told', async () => {
    const { ctx } = await service.person('admin')
    const made = await Promise.all(['a', 'b', 'c'].map((name) => createIdentity(ctx, { name })))
    const { id } = await startedReview(ctx)
    const items = await numbersOf(ctx, id, made)
    let isGone = false
    const failingFrom = (number: number | undefined) =>
      service.db.$extends({
        query: {
          accessReviewItem: {
            findUnique({ args, query }) {
              isGone ||= args.where.reviewId_number?.number === number
              return isGone ? Promise.reject(new Error('the database is gone')) : query(args)
            },
          },
        },
      }) as unknown as Context['db']
    const broken = { ...ctx, db: failingFrom(items[1]?.number) }
    const done = await decideItems(broken, id, { decision: 'remove', reason: why, items })
    const [, second, third] = items.map(({ number }) => number)
    expect(done).toMatchObject({ decided: 1, stopped: { unknown: second, left: [third] } })
  })

  test('what would be lost is counted: trusts of identities, and tokens that work', async () => {
    const { ctx } = await service.person('admin')
    const { identity, trust } = await wideIdentity(ctx)
    const alone = await wideIdentity(ctx)
    await attachTokenAuth(ctx, identity.id, {})
    await createToken(ctx, identity.id, undefined)
    await createToken(ctx, identity.id, undefined)
    await service.db.accessToken.updateMany({
      where: { identityId: alone.identity.id },
      data: { revokedAt: ctx.now() },
    })
    const { id } = await startedReview(ctx, { kinds: ['identity', 'trust', 'token'] })
    const numberOf = async (thingId: string) => (await itemOf(ctx, id, thingId)).number
    const both = [await numberOf(identity.id), await numberOf(trust.id)]
    expect(await itemLosses(ctx, id, both)).toEqual({ items: 2, identities: 1, trusts: 1, people: 0, tokens: 2 })
    const tokens = await listItems(ctx, id, { kind: 'token' })
    expect(await itemLosses(ctx, id, [tokens.items[0]?.number ?? 0])).toMatchObject({ items: 1, tokens: 1 })
    expect(await itemLosses(ctx, id, [])).toMatchObject({ items: 0 })
    const other = await service.person('no-access')
    await expect(itemLosses(other.ctx, id, both)).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('several trusts wait to be narrowed from the versions that were read', async () => {
    const { ctx } = await service.person('admin')
    const wide = [await wideIdentity(ctx), await wideIdentity(ctx)]
    const { id } = await startedReview(ctx, { kinds: ['trust'] })
    const ids = wide.map(({ trust }) => trust.id)
    const items = (await itemsOf(ctx, id, ids)).map(({ number, mark }) => ({ number, mark }))
    await updateTrust(ctx, { id: ids[0] ?? '' }, (before) => ({ ...before, name: 'another name' }))
    const done = await decideItems(ctx, id, { decision: 'narrow', reason: why, items })
    expect(done).toMatchObject({ decided: 1, refused: [{ number: items[0]?.number, reason: 'changed_meanwhile' }] })
    expect(await getReview(ctx, id)).toMatchObject({ narrowing: 1 })
  })

  test('name, due date and reviewers of a review are changed by admins until it is closed, and are on record', async () => {
    const admin = await service.person('admin')
    const member = await service.person('member', 'Mel')
    const auditor = await service.person('auditor')
    const { id } = await startedReview(admin.ctx)
    const { ctx } = admin
    const dueAt = '2026-07-01T12:00:00.000Z'
    const changed = await updateReview(ctx, id, { name: 'Third quarter', dueAt, reviewers: [member.id] })
    expect(changed).toMatchObject({ name: 'Third quarter', dueAt: new Date(dueAt), reviewerIds: [member.id] })
    expect(await service.recorded(ctx)).toMatchObject([
      {
        ...{ action: 'review.updated', before: { name: 'Quarter', dueAt: '2026-06-15T12:00:00.000Z', reviewers: [] } },
        after: { name: 'Third quarter', dueAt, reviewers: [member.id] },
      },
    ])
    const { ctx: same } = await service.person('admin')
    const { ctx: later } = await service.person('admin')
    await updateReview(same, id, { name: 'Third quarter' })
    expect(await service.recorded(same)).toEqual([])
    await updateReview(later, id, { name: 'Summer' })
    expect(await service.recorded(later)).toMatchObject([
      { before: { name: 'Third quarter' }, after: { name: 'Summer' } },
    ])
    // One who is no member any more stays named, and takes nothing from the others.
    await service.db.membership.deleteMany({ where: { userId: member.id } })
    await updateReview(ctx, id, { name: 'Autumn', reviewers: [member.id] })
    await expect(updateReview(ctx, id, { reviewers: [member.id, auditor.id] })).rejects.toMatchObject({
      fields: [{ path: ['reviewers', 1] }],
    })
    await expect(updateReview(ctx, id, { dueAt: '2026-05-01T00:00:00Z' })).rejects.toMatchObject({ kind: 'invalid' })
    await expect(updateReview(auditor.ctx, id, { name: 'x' })).rejects.toMatchObject({ kind: 'forbidden' })
    const broken = { ...(await service.person('admin')).ctx, db: failing(service.db, 'auditEntry') }
    await expect(updateReview(broken, id, { name: 'Winter' })).rejects.toThrow('the disk is full')
    expect(await getReview(ctx, id)).toMatchObject({ name: 'Autumn' })
    await closeReview(ctx, id)
    await expect(updateReview(ctx, id, { name: 'x' })).rejects.toMatchObject({ reason: 'review_closed' })
  })
})
