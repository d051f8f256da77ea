import { afterEach, describe, expect, test } from 'vitest'
import { wideIdentity } from '@/e2e/fixtures/access-reviews'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import { judgeTrusts } from './judge-trusts'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  afterEach(async () => {
    await service.db.identity.deleteMany()
  })

  test('trusts that several requests judge at once are judged by each, and kept once', async () => {
    const { ctx } = await service.person('admin')
    const ids: string[] = []
    for (let n = 0; n < 4; n++) ids.push((await wideIdentity(ctx)).trust.id)
    await service.db.trustPosture.deleteMany()
    const pace = { urgency: 'urgent' as const, withStories: false }
    const all = await Promise.all(Array.from({ length: 6 }, () => judgeTrusts(ctx, ids, pace)))
    expect(all.map((judged) => judged.length)).toEqual(Array(6).fill(4))
    expect(await service.db.trustPosture.count({ where: { trustId: { in: ids } } })).toBe(4)
  })

  test('a row that another has written between looking and writing is written anew', async () => {
    const { ctx } = await service.person('admin')
    const { trust } = await wideIdentity(ctx)
    await judgeTrusts(ctx, [trust.id], { urgency: 'urgent', withStories: false })
    let writes = 0
    // As PostgreSQL answers when the row was committed after this transaction began.
    const taken = Object.assign(new Error('Unique constraint failed'), { code: 'P2002' })
    const racing = new Proxy(service.db, {
      get: (db, key) =>
        key === '$transaction' && writes++ === 0 ? () => Promise.reject(taken) : Reflect.get(db, key, db),
    })
    const pace = { urgency: 'urgent' as const, withStories: true }
    expect(await judgeTrusts({ ...ctx, db: racing }, [trust.id], pace)).toHaveLength(1)
    expect(writes).toBe(2)
    const row = await service.db.trustPosture.findUniqueOrThrow({ where: { trustId: trust.id } })
    expect(row.stories).not.toBe(-1)
  })
})
