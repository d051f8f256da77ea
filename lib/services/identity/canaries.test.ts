import { expect, test } from 'vitest'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { canaryUsed } from '@/lib/model/alarm'
import { decideItem } from '../access-review/decide-item'
import { listItems } from '../access-review/list-items'
import { startReview } from '../access-review/start-review'
import { createDecoyToken } from '../decoy-token/create-decoy-token'
import { allUsesRecorded } from '../decoy-token/decoy-uses'
import { allRaised } from '../incident/raise-soon'
import { login } from '../login/login'
import { createTrust } from '../trust/create-trust'
import { createIdentity } from './create-identity'
import { removeIdentity } from './remove-identity'
import { updateIdentity } from './update-identity'

const service = useService()
const refused = { kind: 'forbidden', reason: 'role_too_low' }

test('only an admin makes a canary: also of an actor whose role was lowered since the request came in', async () => {
  const { ctx, id } = await service.person('admin')
  await service.db.membership.updateMany({ where: { userId: id }, data: { role: 'member' } })
  await expect(createIdentity(ctx, { name: 'trap', isCanary: true })).rejects.toMatchObject(refused)
})

test('only an admin says where a canary is planted', async () => {
  const { ctx } = await service.person('member')
  await expect(createIdentity(ctx, { name: 'trap', canaryPlace: 'wiki' })).rejects.toMatchObject(refused)
})

const silenced = {
  async 'a canary'() {
    const { ctx } = await service.person('admin')
    return createIdentity(ctx, { name: 'trap', isCanary: true })
  },
  async 'a canary with decoy tokens'() {
    const { ctx } = await service.person('admin')
    const identity = await createIdentity(ctx, { name: 'agent', isCanary: true })
    await createDecoyToken(ctx, identity.id, { name: 'trap' })
    return identity
  },
}

test.each(Object.entries(silenced))('only an admin removes %s: its alarms end with it', async (_, make) => {
  const { id } = await make()
  const [admin, member] = [await service.person('admin'), await service.person('member')]
  await expect(removeIdentity(member.ctx, id)).rejects.toMatchObject(refused)
  const review = await startReview(admin.ctx, {
    ...{ name: 'Quarter', dueAt: '2026-06-15T12:00:00Z', reviewers: [member.id] },
    scope: { kinds: ['identity'], onlyWide: false },
  })
  const { items } = await listItems(member.ctx, review.id, { limit: 100 })
  const number = items.find(({ thingId }) => thingId === id)?.number ?? 0
  const remove = { decision: 'remove' as const, reason: 'No job uses it.' }
  await expect(decideItem(member.ctx, { reviewId: review.id, number }, remove)).rejects.toMatchObject(refused)
  expect(await service.db.identity.count({ where: { id } })).toBe(1)
  await removeIdentity(admin.ctx, id)
  expect(await service.db.identity.count({ where: { id } })).toBe(0)
})

test('a decoy token that is sent to the login of a canary is a use of both', async () => {
  const { ctx } = await service.person('admin')
  const agent = await createIdentity(ctx, { name: 'agent', isCanary: true })
  const { token, decoy } = await createDecoyToken(ctx, agent.id, { name: 'trap' })
  const canary = await createIdentity(ctx, { name: 'canary' })
  await createTrust(ctx, await jwtTrust(canary.id))
  await updateIdentity(ctx, canary.id, { isCanary: true })
  await login(service.context({ kind: 'anonymous' }), { identityId: canary.id, token, kind: 'jwt' })
  await allUsesRecorded()
  await allRaised()
  const found = await service.db.decision.findMany({ where: { reason: canaryUsed } })
  expect(found.map(({ identityId, accessTokenId }) => [identityId, accessTokenId]).sort()).toEqual(
    [
      [agent.id, decoy.id],
      [canary.id, null],
    ].sort(),
  )
})

test('an access review says of a canary, and of its trust, that every login is refused', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await createIdentity(ctx, { name: 'trap' })
  const trust = await createTrust(ctx, await jwtTrust(id))
  const review = await startReview(ctx, {
    ...{ name: 'Quarter', dueAt: '2026-06-15T12:00:00Z', reviewers: [] },
    scope: { kinds: ['identity', 'trust'], onlyWide: false },
  })
  await updateIdentity(ctx, id, { isCanary: true })
  const { items } = await listItems(ctx, review.id, { limit: 100 })
  for (const thing of [id, trust.id]) {
    const item = items.find(({ thingId }) => thingId === thing)
    expect(item?.snapshot?.sentence).not.toContain('canary')
    expect(item?.now?.sentence).toContain('A canary: every login is refused')
    expect(item?.changes).toContain(`It was: ${item?.snapshot?.sentence}`)
  }
})
