import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { outcome, password, usePeople } from '@/e2e/fixtures/people'
import { removeIdentity } from '../identity/remove-identity'
import { updateIdentity } from '../identity/update-identity'
import { changeMemberRole } from './members'
import { changePassword } from './own-password'
import { makeResetLink, resetPassword } from './password-reset'
import { removeMember } from './remove-member'

// Hashing takes long on purpose, and is tested by itself.
vi.mock('@/lib/passwords/hash-password', () => ({
  hashPassword: async (password: string) => `hash of ${password}`,
  verifyPassword: async ({ hash, password }: { hash: string; password: string }) => hash === `hash of ${password}`,
}))

const people = usePeople()
const newPassword = 'another horse, another battery'

/** Two admins, and a link to the password of the first that the second has kept a copy of. */
async function keptLink() {
  const [ada, eve] = [await people.person(), await people.person()]
  const [ctx, { path }] = [await ada.signedIn(), await makeResetLink(await eve.signedIn(), ada.id)]
  return { ada, eve, ctx, use: () => use(path) }
}

const use = (path: string) =>
  outcome(resetPassword({ ...people.anonymous(), ip: randomUUID() }, { token: path.split('#')[1] ?? '', newPassword }))

describe('a link to a password', () => {
  test('sets it, once', async () => {
    const { ada, use } = await keptLink()
    expect(await use()).toBe('done')
    expect(await use()).toBe('reset_link_dead')
    expect(await outcome(ada.begin())).toBe('wrong_credentials')
  })

  test('ends with the admin who made it', async () => {
    const [removed, lowered] = [await keptLink(), await keptLink()]
    await removeMember(removed.ctx, removed.eve.id)
    expect(await removed.use()).toBe('reset_link_dead')
    await changeMemberRole(lowered.ctx, lowered.eve.id, 'member')
    expect(await lowered.use()).toBe('reset_link_dead')
  })

  test('ends with the admin identity that may have made it', async () => {
    for (const end of [
      (ctx: Parameters<typeof removeIdentity>[0], id: string) => removeIdentity(ctx, id),
      (ctx: Parameters<typeof removeIdentity>[0], id: string) => updateIdentity(ctx, id, { role: 'member' }),
    ]) {
      const { ctx, use } = await keptLink()
      const id = randomUUID()
      const { organizationId } = people
      await people.db.identity.create({ data: { id, organizationId, name: id, role: 'admin' } })
      await end(ctx, id)
      expect(await use()).toBe('reset_link_dead')
    }
  })

  test('ends when its person changes the password, and when their role is raised', async () => {
    const { ctx, use: useKept } = await keptLink()
    await changePassword(ctx, { currentPassword: password, newPassword: 'my own new password' })
    expect(await useKept()).toBe('reset_link_dead')
    const member = await people.person('member')
    const admin = await (await people.person()).signedIn()
    const { path } = await makeResetLink(admin, member.id)
    await changeMemberRole(admin, member.id, 'admin')
    expect(await use(path)).toBe('reset_link_dead')
  })

  test('goes on when a person is removed who could make none', async () => {
    const { ctx, use } = await keptLink()
    await removeMember(ctx, (await people.person('member')).id)
    const auditor = await people.person('auditor')
    await changeMemberRole(ctx, auditor.id, 'no-access')
    expect(await use()).toBe('done')
  })
})

test('a person whose role is lowered loses the access tokens above it that they issued, and keeps the others', async () => {
  const [ada, eve] = [await people.person(), await people.person()]
  const { db, organizationId, now } = people
  const issue = async (role: string, issuedById: string) => {
    const id = randomUUID()
    await db.identity.create({ data: { id, organizationId, name: id, role } })
    const until = new Date(now.getTime() + 3_600_000)
    const row = { organizationId, identityId: id, method: 'token', issuedById, createdAt: now }
    return db.accessToken.create({ data: { id, ...row, expiresAt: until, maxExpiresAt: until } })
  }
  const [above, below, others] = [
    await issue('admin', eve.id),
    await issue('member', eve.id),
    await issue('admin', ada.id),
  ]
  await changeMemberRole(await ada.signedIn(), eve.id, 'member')
  const live = await db.accessToken.findMany({ where: { organizationId, revokedAt: null } })
  expect(live.map(({ id }) => id).sort()).toEqual([below.id, others.id].sort())
  const { after } = await people.entry('member.role-changed')
  expect(JSON.parse(after ?? '')).toEqual({ role: 'member', tokensEnded: 1 })
  expect(above.revokedAt).toBeNull()
  // An identity that is lowered keeps none either.
  const machine = others.identityId ?? ''
  const byMachine = await issue('admin', machine)
  await updateIdentity(await ada.signedIn(), machine, { role: 'auditor' })
  expect(await db.accessToken.findUnique({ where: { id: byMachine.id } })).not.toMatchObject({ revokedAt: null })
  expect(await db.accessToken.findUnique({ where: { id: others.id } })).toMatchObject({ revokedAt: null })
})
