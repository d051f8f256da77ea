import { afterEach, describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import { createIdentity } from '../identity/create-identity'
import { setOrganizationSettings } from '../organization/settings'
import { decideItem } from './decide-item'
import { listItems } from './list-items'
import { startReview } from './start-review'
import { countUnreviewed } from './unreviewed'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  afterEach(async () => {
    await service.db.accessReview.deleteMany()
    await service.db.identity.deleteMany()
  })

  test('nothing is due until an interval is set, which is on record', async () => {
    const { ctx } = await service.person('admin')
    const { id } = await createIdentity(ctx, { name: 'old' })
    await service.db.identity.update({ where: { id }, data: { createdAt: new Date('2026-01-01T00:00:00Z') } })
    expect(await countUnreviewed(ctx)).toMatchObject({ intervalDays: null, identities: 0 })
    const { ctx: setting } = await service.person('admin')
    await setOrganizationSettings(setting, { reviewIntervalDays: 90 })
    const [entry] = await service.recorded(setting)
    expect(entry).toMatchObject({ before: { reviewIntervalDays: null }, after: { reviewIntervalDays: 90 } })
    expect(await countUnreviewed(ctx)).toMatchObject({ intervalDays: 90, identities: 1, isMore: false })
    await setOrganizationSettings((await service.person('admin')).ctx, { reviewIntervalDays: null })
    expect(await countUnreviewed(ctx)).toMatchObject({ intervalDays: null, identities: 0 })
  })

  test('what is new, and what a review decided on, is not due until the interval is over again', async () => {
    const admin = await service.person('admin')
    await setOrganizationSettings(admin.ctx, { reviewIntervalDays: 30 })
    const old = await createIdentity(admin.ctx, { name: 'old' })
    const young = await createIdentity(admin.ctx, { name: 'young' })
    const created = (id: string, at: string) =>
      service.db.identity.update({ where: { id }, data: { createdAt: new Date(at) } })
    await created(old.id, '2026-01-01T00:00:00Z')
    await created(young.id, '2026-05-30T00:00:00Z')
    const due = async () => (await countUnreviewed(admin.ctx)).identities
    expect(await due()).toBe(1)
    const scope = { kinds: ['identity' as const], onlyWide: false }
    const review = { name: 'Quarter', dueAt: '2026-06-20T00:00:00Z', reviewers: [], scope }
    const { id: reviewId } = await startReview(admin.ctx, review)
    expect(await due()).toBe(1)
    const { items } = await listItems(admin.ctx, reviewId, {})
    const number = items.find(({ thingId }) => thingId === old.id)?.number ?? 0
    await decideItem(admin.ctx, { reviewId, number }, { decision: 'keep' })
    expect(await due()).toBe(0)
    service.pass(31 * 86_400)
    expect(await due()).toBe(2)
  })

  test('counting thousands ends with a number of which it says that it may be more', async () => {
    const { ctx } = await service.person('admin')
    await setOrganizationSettings(ctx, { reviewIntervalDays: 7 })
    await service.db.identity.createMany({
      data: Array.from({ length: 1_600 }, (_, n) => ({
        ...{ id: crypto.randomUUID(), organizationId: service.organizationId, name: `many ${n}`, role: 'no-access' },
        createdAt: new Date('2026-01-01T00:00:00Z'),
      })),
    })
    const { identities, isMore } = await countUnreviewed(ctx)
    expect([identities >= 1_000, identities < 1_600, isMore]).toEqual([true, true, true])
  })

  test('auditors count, and those below do not', async () => {
    const { ctx } = await service.person('no-access')
    await expect(countUnreviewed(ctx)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await countUnreviewed((await service.person('auditor')).ctx)).toMatchObject({ intervalDays: 7 })
  })
})
