import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { watchedClient } from '@/e2e/fixtures/query-plans'
import { useService } from '@/e2e/fixtures/service'
import type { Db } from '@/lib/db/client'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { linkSubject } from '../sign-in/link-subject'
import { createTrust } from '../trust/create-trust'
import { updateTrust } from '../trust/update-trust'
import { removeMember } from './remove-member'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)

  const trustOf = async (ctx: Context, url: string) => {
    const { id: identityId } = await createIdentity(ctx, { name: randomUUID() })
    const keys = [{ kind: 'jwks-url' as const, url, caCert: '' }]
    return createTrust(ctx, { kind: 'jwt', identityId, name: randomUUID(), keys })
  }

  /** An admin who made trusts, each with a key source of its own and one that all of them share. */
  async function maker(count: number) {
    const eve = await service.person('admin', 'Eve')
    const base = `https://${randomUUID()}.example`
    const trusts = []
    for (let n = 0; n < count; n++) trusts.push(await trustOf(eve.ctx, `${base}/${n % 2 === 0 ? 'shared' : n}`))
    return { eve, base, ids: trusts.map(({ id }) => id) }
  }

  const trustsOf = (ids: readonly string[]) =>
    service.db.trust.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } })

  test('trusts are switched off with a version and an entry each, and their key sources are no longer refreshed', async () => {
    const boss = await service.person('admin', 'Boss')
    const { eve, base, ids } = await maker(4)
    await updateTrust(eve.ctx, { id: ids[1] ?? '' }, (before) => ({ ...before, name: 'again' }))
    const off = await updateTrust(eve.ctx, { id: ids[3] ?? '' }, (before) => ({ ...before, enabled: false }))
    // One that another admin made takes keys from the shared source, and stays.
    const other = await trustOf(boss.ctx, `${base}/shared`)
    // As one that is older than versions are kept.
    await service.db.trustVersion.deleteMany({ where: { trustId: ids[2] ?? '' } })
    const { ctx } = boss
    expect(await removeMember(ctx, eve.id, { trusts: true })).toMatchObject({ trustsDisabled: 3 })
    const rows = await trustsOf(ids)
    const of = (id: string | undefined) => rows.find((row) => row.id === id)
    expect(rows.map(({ enabled }) => enabled)).toEqual([false, false, false, false])
    expect(ids.map((id) => of(id)?.version)).toEqual([2, 3, 2, off.version])
    const versions = await service.db.trustVersion.findMany({ where: { trustId: { in: ids } } })
    const kept = (id: string | undefined) =>
      versions.filter(({ trustId }) => trustId === id).map(({ version, actorName }) => `${version} ${actorName}`)
    expect(ids.map((id) => kept(id).sort())).toEqual([
      ...[
        ['1 Eve', '2 Boss'],
        ['1 Eve', '2 Eve', '3 Boss'],
        ['1 null', '2 Boss'],
        ['1 Eve', '2 Eve'],
      ],
    ])
    const entries = await service.recorded(ctx)
    const changed = entries.filter(({ action }) => action === 'trust.updated')
    expect(changed.map(({ targetId }) => targetId).sort()).toEqual(ids.slice(0, 3).sort())
    for (const { before, after } of changed) {
      expect([before, after]).toEqual([{ enabled: true }, { enabled: false, because: 'Eve was removed' }])
    }
    const notes = await service.db.unsealedRecord.findMany({ where: { recordId: { in: entries.map(({ id }) => id) } } })
    expect(notes).toHaveLength(entries.length)
    const uses = await service.db.trustKeySource.findMany({ where: { trustId: { in: [...ids, other.id] } } })
    expect(uses.filter(({ enabled }) => enabled).map(({ trustId }) => trustId)).toEqual([other.id])
    const sources = await service.db.namedKeySource.findMany({ where: { url: { startsWith: base } } })
    expect(sources.filter(({ dueAt }) => dueAt !== null).map(({ url }) => url)).toEqual([`${base}/shared`])
    expect(sources).toHaveLength(3)
  })

  test('however many there are, the statements are as many', async () => {
    const boss = await service.person('admin', 'Boss')
    const watched = watchedClient(process.env.DATABASE_URL ?? '')
    const statementsFor = async (count: number) => {
      const { eve, ids } = await maker(count)
      const ctx = { ...boss.ctx, db: watched.db }
      const statements = await watched.countOf(() => removeMember(ctx, eve.id, { trusts: true }))
      expect((await trustsOf(ids)).filter(({ enabled }) => enabled)).toEqual([])
      return statements
    }
    const few = await statementsFor(2)
    expect(await statementsFor(24)).toBe(few)
    await watched.db.$disconnect()
  })

  test('however many links to other people there are, the statements are as many', async () => {
    const boss = await service.person('admin', 'Boss')
    const provider = await createTrust(boss.ctx, {
      ...{ kind: 'sign-in', name: 'Gateway', issuer: 'https://gateway.example' },
      keys: [{ kind: 'jwks-url', url: 'https://gateway.example/keys', caCert: '' }],
      options: { jwtEndpoint: 'https://gateway.example/jwt' },
    })
    const watched = watchedClient(process.env.DATABASE_URL ?? '')
    const statementsFor = async (count: number) => {
      const eve = await service.person('admin', 'Eve')
      for (let n = 0; n < count; n++) {
        const { id: userId } = await service.person('member')
        await linkSubject(eve.ctx, { userId, trustId: provider.id, subject: randomUUID(), userName: '' })
      }
      const statements = await watched.countOf(() => removeMember({ ...boss.ctx, db: watched.db }, eve.id))
      expect(await service.db.userLink.count({ where: { linkedById: eve.id } })).toBe(0)
      return statements
    }
    const few = await statementsFor(2)
    expect(await statementsFor(12)).toBe(few)
    await watched.db.$disconnect()
  })

  test('where it fails, every trust is on as before', async () => {
    const boss = await service.person('admin', 'Boss')
    const { eve, ids } = await maker(3)
    const before = await trustsOf(ids)
    const createMany = () => Promise.reject(new Error('the disk is full'))
    const broken = service.db.$extends({ query: { unsealedRecord: { createMany } } }) as unknown as Db
    const act = removeMember({ ...boss.ctx, db: broken }, eve.id, { trusts: true })
    await expect(act).rejects.toThrow('the disk is full')
    expect(await trustsOf(ids)).toEqual(before)
    expect(await service.db.user.count({ where: { id: eve.id } })).toBe(1)
    const versions = await service.db.trustVersion.count({ where: { trustId: { in: ids } } })
    expect(versions).toBe(3)
    const uses = await service.db.trustKeySource.findMany({ where: { trustId: { in: ids } } })
    expect(uses.map(({ enabled }) => enabled)).toEqual([true, true, true])
  })
})
