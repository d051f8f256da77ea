import { describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from './create-trust'
import { removeTrust } from './remove-trust'
import { getTrustVersion, listTrustVersions, restoreTrustVersion } from './trust-versions'
import { updateTrust } from './update-trust'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)

  /** A trust that was made by one person, renamed by another and disabled. */
  async function changedTwice() {
    const [ada, bob] = [await service.person('admin', 'Ada'), await service.person('admin', 'Bob')]
    const { id: identityId } = await createIdentity(ada.ctx, { name: 'agent' })
    const trust = await createTrust(ada.ctx, await jwtTrust(identityId))
    const key = { id: trust.id }
    await updateTrust(bob.ctx, key, (before) => ({ ...before, grant: { ...before.grant, ttlSeconds: 60 } }))
    await updateTrust(bob.ctx, key, (before) => ({ ...before, name: 'renamed', enabled: false }))
    return { ada, trust }
  }
  const restore = { versionExpected: null }
  const override = { rules: ['L01', 'L02', 'L08'], reason: 'The version of a test, by which no machine logs in.' }
  const justified = { isRequired: true, override }

  test('every version is kept, with who made it, and can be read as it was', async () => {
    const { ada, trust } = await changedTwice()
    const { versions, next } = await listTrustVersions(ada.ctx, trust.id, {})
    expect(versions.map(({ version, actorName }) => [version, actorName])).toEqual([
      [3, 'Bob'],
      [2, 'Bob'],
      [1, 'Ada'],
    ])
    expect(next).toBeNull()
    const [first, second] = [await getTrustVersion(ada.ctx, trust.id, 1), await getTrustVersion(ada.ctx, trust.id, 2)]
    expect([first.grant.ttlSeconds, second.grant.ttlSeconds]).toEqual([trust.grant.ttlSeconds, 60])
    expect(first).toMatchObject({ id: trust.id, version: 1, keys: trust.keys, rules: trust.rules, enabled: true })
  })

  test('a page of versions goes on where the one before ended', async () => {
    const { ada, trust } = await changedTwice()
    const first = await listTrustVersions(ada.ctx, trust.id, { limit: 2 })
    expect([first.versions.map(({ version }) => version), first.next]).toEqual([[3, 2], 2])
    const last = await listTrustVersions(ada.ctx, trust.id, { limit: 2, before: 2 })
    expect([last.versions.map(({ version }) => version), last.next]).toEqual([[1], null])
  })

  test('a version that is restored is a change: a version of its own, on record, with name and identity as they are', async () => {
    const { ada, trust } = await changedTwice()
    const { ctx } = ada
    const restored = await restoreTrustVersion(ctx, { trustId: trust.id, version: 1, ...restore }, justified)
    expect(restored).toMatchObject({ version: 4, enabled: true, grant: trust.grant, name: 'renamed' })
    expect(restored.identityId).toBe(trust.identityId)
    expect(await service.db.auditEntry.count({ where: { targetId: trust.id, action: 'trust.updated' } })).toBe(3)
    expect((await listTrustVersions(ctx, trust.id, {})).versions).toHaveLength(4)
  })

  test('a version that accepts more is restored only with what any such change has to say', async () => {
    const { ada, trust } = await changedTwice()
    const act = { trustId: trust.id, version: 1, ...restore }
    const refused = restoreTrustVersion(ada.ctx, act, { isRequired: true })
    await expect(refused).rejects.toMatchObject({ reason: expect.stringMatching(/^(override|reason)_needed$/) })
    expect((await listTrustVersions(ada.ctx, trust.id, {})).versions).toHaveLength(3)
  })

  test('it is refused to those who may not change the trust, and where the trust has changed since', async () => {
    const { ada, trust } = await changedTwice()
    const auditor = await service.person('auditor')
    const act = { trustId: trust.id, version: 1 }
    await expect(restoreTrustVersion(auditor.ctx, { ...act, ...restore }, justified)).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(restoreTrustVersion(ada.ctx, { ...act, versionExpected: 2 }, justified)).rejects.toMatchObject({
      kind: 'precondition',
    })
    expect((await listTrustVersions(auditor.ctx, trust.id, {})).versions).toHaveLength(3)
  })

  test('versions outlive the trust, and are not for other organizations', async () => {
    const { ada, trust } = await changedTwice()
    await removeTrust(ada.ctx, { id: trust.id })
    expect((await listTrustVersions(ada.ctx, trust.id, {})).versions).toHaveLength(3)
    const stranger = { ...ada.ctx, organizationId: '00000000-0000-4000-8000-000000000000' }
    await expect(listTrustVersions(stranger, trust.id, {})).rejects.toMatchObject({ kind: 'not-found' })
    await expect(getTrustVersion(stranger, trust.id, 1)).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('a trust that is older than versions gets its former one with its first change', async () => {
    const { ada, trust } = await changedTwice()
    await service.db.trustVersion.deleteMany({ where: { trustId: trust.id } })
    await updateTrust(ada.ctx, { id: trust.id }, (before) => ({ ...before, enabled: true }))
    const { versions } = await listTrustVersions(ada.ctx, trust.id, {})
    expect(versions.map(({ version, actorKind }) => [version, actorKind])).toEqual([
      [4, 'user'],
      [3, null],
    ])
  })
})
