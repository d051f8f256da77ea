import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { revokeIdentityTokens } from './revoke-identity-tokens'
import { attachTokenAuth, createToken } from './token-auth'

const service = useService()

async function withTokens(ctx: Context, count: number, role: 'member' | 'admin' = 'member') {
  const { id } = await createIdentity(ctx, { name: 'agent', role })
  await attachTokenAuth(ctx, id, {})
  const tokens: string[] = []
  for (let n = 0; n < count; n++) tokens.push((await createToken(ctx, id, undefined)).accessToken)
  return { id, tokens }
}
const live = (identityId: string) => service.db.accessToken.count({ where: { identityId, revokedAt: null } })
const entries = () => service.db.auditEntry.findMany({ where: { action: 'access-token.all-revoked' } })

test('all live tokens of an identity are refused from then on, those of others are not, and their number is on record', async () => {
  const { ctx } = await service.person('admin')
  const [one, other] = [await withTokens(ctx, 3), await withTokens(ctx, 1)]
  await service.db.accessToken.updateMany({ where: { identityId: one.id }, data: { name: 'nightly' } })
  expect(await revokeIdentityTokens(ctx, one.id)).toBe(3)
  expect([await live(one.id), await live(other.id)]).toEqual([0, 1])
  const [last] = (await entries()).filter(({ targetId }) => targetId === one.id)
  expect(last).toMatchObject({ targetKind: 'identity', after: '{"revoked":3}' })
  const before = await entries()
  expect(await revokeIdentityTokens(ctx, one.id)).toBe(0)
  expect(await entries()).toEqual(before)
})

test('an auditor may not, nor a member where the identity is an admin; nothing is revoked then', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await withTokens(ctx, 2, 'admin')
  for (const role of ['auditor', 'member'] as const) {
    const low = (await service.person(role)).ctx
    await expect(revokeIdentityTokens(low, id)).rejects.toMatchObject({ kind: 'forbidden' })
  }
  expect(await live(id)).toBe(2)
})

test('an identity of another organization is not there', async () => {
  const { ctx } = await service.person('admin')
  const { id } = await withTokens(ctx, 1)
  const organizationId = randomUUID()
  await service.db.organization.create({ data: { id: organizationId, name: 'Other', slug: organizationId } })
  await service.db.identity.update({ where: { id }, data: { organizationId } })
  await expect(revokeIdentityTokens(ctx, id)).rejects.toMatchObject({ kind: 'not-found' })
  expect(await live(id)).toBe(1)
})
