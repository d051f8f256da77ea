import { expect, test } from 'vitest'
import { everything, failing } from '@/e2e/fixtures/failing-database'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from './create-trust'
import { freezeTrust } from './freeze-trust'
import { liftFreeze } from './lift-freeze'
import { listFrozenTrusts } from './list-frozen-trusts'

const service = useService()
const told = { nameHash: 'a', claim: 'repository', idClaim: 'repository_id', name: 'a/b', before: '1', after: '2' }
const reason = 'It was made again.'

async function frozen(ctx: Context, role: 'member' | 'admin' = 'member') {
  const { id } = await createIdentity(ctx, { name: 'agent', role })
  const trust = await createTrust(ctx, await jwtTrust(id))
  await freezeTrust(service.context({ kind: 'anonymous' }), trust, told)
  return trust
}

test('a freeze and its entry are written, or neither is; a trust is frozen once', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await createIdentity(ctx, { name: 'agent' })
  const trust = await createTrust(ctx, await jwtTrust(id))
  const login = service.context({ kind: 'anonymous' })
  const before = await everything(service.db)
  await expect(freezeTrust({ ...login, db: failing(service.db, 'auditEntry') }, trust, told)).rejects.toThrow('disk')
  expect(await everything(service.db)).toEqual(before)
  await Promise.all([freezeTrust(login, trust, told), freezeTrust(login, trust, { ...told, after: '3' })])
  const entries = await service.db.auditEntry.findMany({ where: { action: 'trust.frozen', targetId: trust.id } })
  expect(entries).toMatchObject([{ actorKind: 'system', organizationId: service.organizationId }])
  expect((await listFrozenTrusts(ctx)).filter(({ trustId }) => trustId === trust.id)).toHaveLength(1)
})

test('lifting asks for the right to change the trust, is on record with its reason, and happens whole or not at all', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await frozen(ctx)
  await service.db.trustName.create({ data: { trustId: id, nameHash: 'a', value: '1', firstAt: ctx.now() } })
  const auditor = await service.person('auditor')
  const before = await everything(service.db)
  await expect(liftFreeze(auditor.ctx, id, { reason })).rejects.toMatchObject({ kind: 'forbidden' })
  const anonymous = service.context({ kind: 'anonymous' })
  await expect(liftFreeze(anonymous, id, { reason })).rejects.toMatchObject({ kind: 'unauthenticated' })
  const broken = { ...ctx, db: failing(service.db, 'auditEntry') }
  await expect(liftFreeze(broken, id, { reason })).rejects.toThrow('the disk is full')
  expect(await everything(service.db)).toEqual(before)
  await liftFreeze(ctx, id, { reason })
  const { nameHash: _, ...shown } = told
  expect(await service.recorded(ctx)).toMatchObject([
    { action: 'identity.created' },
    { action: 'trust.created' },
    { action: 'trust.freeze-lifted', reason, before: shown },
  ])
  expect(await service.db.trustName.count({ where: { trustId: id } })).toBe(0)
  await expect(liftFreeze(ctx, id, { reason })).rejects.toMatchObject({ kind: 'not-found' })
})

test('a member does not lift the freeze of a trust whose identity is an admin', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await frozen(ctx, 'admin')
  const member = await service.person('member')
  await expect(liftFreeze(member.ctx, id, { reason })).rejects.toMatchObject({ kind: 'forbidden' })
})
