import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { attachTokenAuth } from '../access-token/token-auth'
import { createIdentity } from '../identity/create-identity'
import { idsOfPart } from '../in-parts'
import { createTrust } from '../trust/create-trust'
import { getHoldings, holdingsBounds } from './holdings'
import { changeMemberRole } from './members'
import { removeMember } from './remove-member'

/** More ids than Prisma names in one statement on SQLite (999), and parts of them than one; each part is a statement of `idsOfPart`. */
const manyIds = 2_100

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  let boss: Awaited<ReturnType<typeof service.person>>['ctx']
  beforeAll(async () => {
    boss = (await service.person('admin', 'Boss')).ctx
  })

  const person = () => service.person('admin', 'Eve')
  const identity = (ctx: typeof boss) => createIdentity(ctx, { name: 'deploy', role: 'admin', metadata: [] })

  /** An identity that a person controls by its trust, and one that the first controls by its own. */
  async function chain() {
    const eve = await person()
    const first = await identity(boss)
    const second = await identity(boss)
    await createTrust(eve.ctx, await jwtTrust(first.id))
    await attachTokenAuth(boss, first.id, {})
    const holder = await service.holder(boss, first.id, 'admin')
    await createTrust(holder, await jwtTrust(second.id))
    return { eve, first, second }
  }

  /** Identities with a trust each that an actor changed last, and a live access token each: rows as those verbs write them, at once. */
  async function fill(actorId: string, count: number) {
    const prefix = randomUUID().slice(0, 23)
    const id = (kind: number) => `'${prefix}${kind}' || substr(CAST(100000000000 + i AS TEXT), 2)`
    const time = (at: string) => (name === 'sqlite' ? `'${at}T00:00:00.000+00:00'` : `TIMESTAMP '${at}'`)
    const [at, later] = [time('2026-06-01'), time('2026-07-01')]
    const organizationId = `'${service.organizationId}'`
    const yes = name === 'sqlite' ? '1' : 'TRUE'
    const policy = { algorithms: `'["RS256"]'`, rules: `'[]'`, lifetime: `'{}'`, grant: `'{}'`, keys: `'[]'` }
    const tables = {
      Identity: { id: id(1), organizationId, name: `'ci ' || i`, role: `'member'`, createdAt: at, updatedAt: at },
      Trust: {
        ...{ ...policy, id: id(2), organizationId, identityId: id(1), kind: `'jwt'`, name: `'ci'`, enabled: yes },
        ...{ changedById: `'${actorId}'`, createdAt: at, updatedAt: at },
      },
      AccessToken: {
        ...{ id: id(3), organizationId, identityId: id(1), method: `'jwt'`, createdAt: at },
        ...{ expiresAt: later, maxExpiresAt: later },
      },
    }
    for (const [table, columns] of Object.entries(tables)) {
      await service.db.$executeRawUnsafe(
        `INSERT INTO "${table}" (${Object.keys(columns).map((column) => `"${column}"`)})
           WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})
           SELECT ${Object.values(columns)} FROM n`,
      )
    }
    // It gathers statistics by itself, a while later.
    if (name === 'postgresql') await service.db.$executeRawUnsafe('ANALYZE')
    return Array.from({ length: count }, (_, i) => `${prefix}1${String(100_000_000_000 + i).slice(1)}`)
  }

  const liveOf = (ids: readonly string[]) =>
    service.db.accessToken.count({ where: { identityId: { in: ids.slice(0, 500) }, revokedAt: null } })

  test('a person controls what an identity under their control controls', async () => {
    const { eve, first, second } = await chain()
    const held = await getHoldings(boss, eve.id)
    expect(held).toMatchObject({ trustCount: 2, identityCount: 2, isMore: false, tokensHeld: 1, tokensIssued: 0 })
    expect(held.identities.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort())
  })

  test('an identity that is reached twice, or reaches itself, is found once', async () => {
    const { eve, first, second } = await chain()
    await service.db.trust.updateMany({ where: { identityId: first.id }, data: { changedById: second.id } })
    const third = await identity(boss)
    await createTrust(eve.ctx, await jwtTrust(third.id))
    await service.db.trust.updateMany({ where: { identityId: second.id }, data: { changedById: third.id } })
    const held = await getHoldings(boss, eve.id)
    expect(held.identities.map(({ id }) => id).sort()).toEqual([first.id, second.id, third.id].sort())
    expect(held).toMatchObject({ trustCount: 3, identityCount: 3 })
  })

  test('of more than a page shows, the first by name are listed and all are counted', async () => {
    const eve = await person()
    await fill(eve.id, holdingsBounds.shown + 1)
    const held = await getHoldings(boss, eve.id)
    expect(held).toMatchObject({ trustCount: 201, identityCount: 201, tokensHeld: 201, isMore: false })
    expect([held.trusts.length, held.identities.length]).toEqual([200, 200])
    expect(held.identities.slice(0, 3).map(({ name }) => name)).toEqual(['ci 0', 'ci 1', 'ci 10'])
  })

  test('of a person with more than a statement can name, the least there is is shown, and all of it ends with them', async () => {
    const eve = await person()
    const ids = await fill(eve.id, manyIds)
    // What the last of them controls ends as well.
    const [further] = await fill(ids.at(-1) ?? '', 1)
    const held = await getHoldings(boss, eve.id)
    expect(held).toMatchObject({ isMore: true, trustCount: 500, identityCount: 500, tokensHeld: 500 })
    expect([held.trusts.length, held.identities.length]).toEqual([200, 200])
    expect(await removeMember(boss, eve.id)).toMatchObject({ tokensEnded: manyIds + 1, trustsDisabled: 0 })
    expect(await liveOf([...ids.slice(-10), further ?? ''])).toBe(0)
  })

  test('tokens that any of them had issued end with a role that is too low, however many they are', async () => {
    const eve = await person()
    const ids = await fill(eve.id, idsOfPart + 1)
    const target = await identity(boss)
    const last = ids.at(-1) ?? null
    const later = new Date('2026-07-01T00:00:00Z')
    await service.db.accessToken.create({
      data: {
        ...{ id: randomUUID(), organizationId: service.organizationId, identityId: target.id, method: 'token' },
        ...{ issuedById: last, createdAt: new Date('2026-06-01'), expiresAt: later, maxExpiresAt: later },
      },
    })
    await changeMemberRole(boss, eve.id, 'member')
    expect(await liveOf([target.id])).toBe(0)
    // What they hold by logging in is of no higher role.
    expect(await liveOf(ids)).toBe(500)
  })
})
