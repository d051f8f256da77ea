import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { wideIdentity } from '@/e2e/fixtures/access-reviews'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { watchedClient } from '@/e2e/fixtures/query-plans'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { newRequestId } from '@/lib/ids'
import { toIssuerDraft } from '@/lib/trust/kinds/issuer'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { createTrust } from '../trust/create-trust'
import { judgeTrusts } from './judge-trusts'
import { seenOf } from './seen'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  afterEach(async () => {
    await service.db.decision.deleteMany()
    await service.db.identity.deleteMany()
  })

  /** Logins of a trust, a minute apart, the last one at the given minute. */
  async function logins(trust: Trust, subjects: string[], { from = 0, accepted = true } = {}) {
    const { id: trustId, identityId, organizationId } = trust
    await service.db.decision.createMany({
      data: subjects.map((sub, at) => ({
        ...{
          id: newRequestId(),
          at: new Date(Date.UTC(2026, 4, 1, 0, from + at)),
          trustId,
          identityId,
          organizationId,
        },
        ...{ method: 'jwt', accepted, message: '', trace: '[]', header: '{"typ":"JWT"}', ip: '192.0.2.1' },
        ...{ claims: JSON.stringify({ sub }), tokenSha256: randomUUID() },
      })),
    })
    if (identityId) {
      await service.db.identity.update({ where: { id: identityId }, data: { lastLoginAt: new Date('2026-05-01') } })
    }
  }

  const seen = async (trusts: Trust[]) =>
    seenOf(
      service.db,
      trusts.map((trust) => ({ trust, preset: null })),
    )

  test('what was seen of several trusts is that of each, newest logins first', async () => {
    const { ctx } = await service.person('admin')
    const [{ trust: one }, { trust: two }, { trust: none }] = [
      await wideIdentity(ctx),
      await wideIdentity(ctx),
      await wideIdentity(ctx),
    ]
    const { keys } = await jwtTrust('')
    const issuer = await createTrust(ctx, toIssuerDraft({ issuer: `https://${randomUUID()}.example`, keys }, {}))
    await logins(one, ['a', 'b', 'c'])
    await logins(two, ['d'], { from: 10 })
    await logins(two, ['refused'], { from: 11, accepted: false })
    await logins(issuer, ['e', 'f'], { from: 20 })
    const trusts = [none, two, issuer, one]
    const together = await seen(trusts)
    expect(together.map(({ accepted }) => accepted)).toEqual([0, 1, 2, 3])
    expect(together.map(({ claims }) => claims?.sub?.values)).toEqual([undefined, ['d'], ['f', 'e'], ['c', 'b', 'a']])
    for (const [at, trust] of trusts.entries()) expect(await seen([trust])).toEqual([together[at]])
    expect(together[1]?.lastAcceptedAt).toBe(Date.UTC(2026, 4, 1, 0, 10) / 1000)
  })

  test('more logins than are looked at are the newest of each trust', async () => {
    const { ctx } = await service.person('admin')
    const [{ trust: busy }, { trust: calm }] = [await wideIdentity(ctx), await wideIdentity(ctx)]
    await logins(
      busy,
      Array.from({ length: 230 }, (_, n) => `job ${n}`),
    )
    await logins(calm, ['only'])
    const [ofBusy, ofCalm] = await seen([busy, calm])
    expect([ofBusy?.accepted, ofCalm?.accepted]).toEqual([200, 1])
    expect(ofBusy?.since).toBe(Date.UTC(2026, 4, 1, 0, 30) / 1000)
  })

  test('judging many trusts takes as many statements as judging few', async () => {
    const { ctx } = await service.person('admin')
    const watched = watchedClient(process.env.DATABASE_URL ?? '')
    const judging: Pick<Context, 'db' | 'now'> = { db: watched.db, now: ctx.now }
    const made: Trust[] = []
    for (let n = 0; n < 20; n++) {
      const { trust } = await wideIdentity(ctx)
      await logins(trust, ['a', 'b'])
      made.push(trust)
    }
    const ids = made.map(({ id }) => id)
    const statementsFor = (count: number) =>
      watched.countOf(() => judgeTrusts(judging, ids.slice(0, count), { urgency: 'urgent', withStories: false }))
    const few = await statementsFor(2)
    expect(await statementsFor(20)).toBe(few)
    await watched.db.$disconnect()
  })
})
