import { describe, expect, test } from 'vitest'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { attachTokenAuth, createToken } from '../access-token/token-auth'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { updateIdentity } from '../identity/update-identity'
import { changeMemberRole } from '../people/members'
import { linkSubject } from '../sign-in/link-subject'
import { createTrust } from './create-trust'
import { listIdentityControllers } from './list-controllers'
import { updateTrust } from './update-trust'

const service = useService()

/** An identity of the role member whose trust was made by the given context. */
async function prepared(by: Context) {
  const { id } = await createIdentity(by, { name: 'robot', role: 'member' })
  await createTrust(by, await jwtTrust(id))
  return id
}

const provider = {
  kind: 'sign-in' as const,
  name: 'Gateway',
  issuer: 'https://issuer.example',
  keys: [{ kind: 'jwks-url' as const, url: 'https://issuer.example/keys', caCert: '' }],
  options: { jwtEndpoint: 'https://gateway.example/jwt' },
}

const takeOverNeeded = { kind: 'rule', reason: 'take_over_needed' }

describe('an identity whose trust a member changed last', () => {
  test('becomes an admin only when an admin takes the trust over, which is on record', async () => {
    const [admin, member] = [await service.person('admin'), await service.person('member', 'Mallory')]
    const id = await prepared(member.ctx)
    await expect(updateIdentity(admin.ctx, id, { role: 'admin' })).rejects.toMatchObject({
      ...takeOverNeeded,
      message: expect.stringContaining('Mallory'),
    })
    const { ctx } = admin
    await expect(updateIdentity(ctx, id, { role: 'admin' }, { takeOver: true })).resolves.toMatchObject({
      role: 'admin',
    })
    expect(await service.recorded(ctx)).toMatchObject([
      { action: 'trust.taken-over', before: { controlledBy: { name: 'Mallory', role: 'member' } } },
      { action: 'identity.updated', before: { role: 'member' }, after: { role: 'admin' } },
    ])
    expect(await listIdentityControllers(admin.ctx, id)).toMatchObject([{ by: { id: admin.id, role: 'admin' } }])
  })

  test('is not the admin’s by a change of its name or switch, but by a change of what it accepts', async () => {
    const [admin, member] = [await service.person('admin'), await service.person('member')]
    const id = await prepared(member.ctx)
    const key = { identityId: id, kind: 'jwt' as const }
    await updateTrust(admin.ctx, key, (before) => ({ ...before, name: 'renamed', enabled: false }))
    await expect(updateIdentity(admin.ctx, id, { role: 'admin' })).rejects.toMatchObject(takeOverNeeded)
    await updateTrust(admin.ctx, key, (before) => ({ ...before, issuer: 'https://issuer.example' }))
    await expect(updateIdentity(admin.ctx, id, { role: 'admin' })).resolves.toMatchObject({ role: 'admin' })
  })

  test('is raised among members without a word', async () => {
    const [one, other] = [await service.person('member'), await service.person('member')]
    const { id } = await createIdentity(one.ctx, { name: 'robot', role: 'no-access' })
    await createTrust(one.ctx, await jwtTrust(id))
    await expect(updateIdentity(other.ctx, id, { role: 'member' })).resolves.toMatchObject({ role: 'member' })
  })
})

describe('the controller of a trust counts with the role they have now', () => {
  test('after they were demoted, or removed', async () => {
    const [admin, former] = [await service.person('admin'), await service.person('admin', 'Former')]
    const id = await prepared(former.ctx)
    await changeMemberRole(admin.ctx, former.id, 'member')
    await expect(updateIdentity(admin.ctx, id, { role: 'admin' })).rejects.toMatchObject(takeOverNeeded)
    await service.db.user.delete({ where: { id: former.id } })
    expect(await listIdentityControllers(admin.ctx, id)).toMatchObject([{ by: { name: 'Former', role: 'no-access' } }])
  })

  test('and no higher than they had then: an identity that was promoted since', async () => {
    const [admin, member] = [await service.person('admin'), await service.person('member')]
    const tool = await prepared(member.ctx)
    await attachTokenAuth(member.ctx, tool, {})
    const id = await prepared(await service.holder(member.ctx, tool, 'member'))
    await updateIdentity(admin.ctx, tool, { role: 'admin' }, { takeOver: true })
    await expect(updateIdentity(admin.ctx, id, { role: 'admin' })).rejects.toMatchObject(takeOverNeeded)
  })
})

describe('a role that is raised ends what was handed out before', () => {
  test('every access token of the identity, and no other', async () => {
    const admin = await service.person('admin')
    const [id, other] = [await prepared(admin.ctx), await prepared(admin.ctx)]
    for (const each of [id, other]) {
      await attachTokenAuth(admin.ctx, each, {})
      await createToken(admin.ctx, each, 'old')
    }
    const { ctx } = admin
    await updateIdentity(ctx, id, { role: 'admin' })
    expect(await service.recorded(ctx)).toMatchObject([{ after: { tokensEnded: 1 } }])
    const live = (identityId: string) => service.db.accessToken.count({ where: { identityId, revokedAt: null } })
    expect([await live(id), await live(other)]).toEqual([0, 1])
    await createToken(admin.ctx, id, 'new')
    await updateIdentity(admin.ctx, id, { role: 'member' })
    expect(await live(id)).toBe(1)
  })

  test('every session of the person, and sign-ins that are not finished', async () => {
    const [admin, auditor] = [await service.person('admin'), await service.person('auditor')]
    const trust = await createTrust(admin.ctx, provider)
    const intent = { trustId: trust.id, purpose: 'session', status: 'succeeded', successUrl: '/', userId: auditor.id }
    const times = { createdAt: new Date(), expiresAt: new Date() }
    await service.db.signInIntent.create({ data: { ...intent, ...times, id: crypto.randomUUID() } })
    const { ctx } = admin
    await changeMemberRole(ctx, auditor.id, 'member')
    expect(await service.recorded(ctx)).toMatchObject([{ after: { role: 'member', sessionsEnded: 1 } }])
    expect(await service.db.session.count({ where: { userId: auditor.id } })).toBe(0)
    expect(await service.db.signInIntent.count({ where: { userId: auditor.id } })).toBe(0)
  })
})

describe('a person who signs in through a provider that a member changed last', () => {
  test('becomes an admin only when an admin takes the provider over', async () => {
    const [admin, member] = [await service.person('admin'), await service.person('member')]
    const person = await service.person('no-access')
    const trust = await createTrust(member.ctx, { ...provider, name: 'member’s' })
    const link = { userId: person.id, trustId: trust.id, subject: 'person', userName: '' }
    await linkSubject(admin.ctx, link)
    await expect(changeMemberRole(admin.ctx, person.id, 'admin')).rejects.toMatchObject(takeOverNeeded)
    await changeMemberRole(admin.ctx, person.id, 'admin', { takeOver: true })
    const change = updateTrust(member.ctx, { id: trust.id }, (before) => ({
      ...before,
      issuer: 'https://evil.example',
    }))
    await expect(change).rejects.toMatchObject({ reason: 'rank_too_low' })
  })

  test('cannot be an admin already when they are linked', async () => {
    const [admin, member] = [await service.person('admin'), await service.person('member')]
    const trust = await createTrust(member.ctx, { ...provider, name: 'another' })
    const link = { userId: admin.id, trustId: trust.id, subject: 'ada', userName: '' }
    await expect(linkSubject(admin.ctx, link)).rejects.toMatchObject(takeOverNeeded)
  })
})
