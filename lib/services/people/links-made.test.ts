import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import { attachTokenAuth } from '../access-token/token-auth'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { linkSubject } from '../sign-in/link-subject'
import { createTrust } from '../trust/create-trust'
import { getHoldings } from './holdings'
import { changeMemberRole } from './members'
import { removeMember } from './remove-member'

const service = useService()
let boss: Context
let trustId: string
beforeAll(async () => {
  boss = (await service.person('admin', 'Boss')).ctx
  const provider = { jwtEndpoint: 'https://gateway.example/jwt' }
  const keys = [{ kind: 'jwks-url' as const, url: 'https://gateway.example/keys', caCert: '' }]
  const draft = { kind: 'sign-in' as const, name: 'Gateway', issuer: 'https://gateway.example', keys }
  trustId = (await createTrust(boss, { ...draft, options: provider })).id
})

const link = (ctx: Context, userId: string, subject: string = randomUUID()) =>
  linkSubject(ctx, { userId, trustId, subject, userName: '' }).then(() => subject)

const subjectsOf = async (userId: string) =>
  (await service.db.userLink.findMany({ where: { userId } })).map(({ subject }) => subject).sort()

/** An admin who has linked a subject of their own to another admin's account, and is signed in by it. */
async function backDoor() {
  const [ada, eve] = [await service.person('admin', 'Ada'), await service.person('admin', 'Eve')]
  const own = await link(boss, ada.id)
  const kept = await link(eve.ctx, ada.id)
  const started = (method: string | null) =>
    service.db.session.create({
      data: { id: randomUUID(), token: randomUUID(), userId: ada.id, method, expiresAt: new Date('2026-06-02') },
    })
  await started('provider')
  await started('provider+code')
  const intent = { trustId, userId: ada.id, purpose: 'session', status: 'succeeded', successUrl: '/' }
  const times = { createdAt: new Date('2026-06-01'), expiresAt: new Date('2026-06-02') }
  const { id } = await service.db.signInIntent.create({ data: { id: randomUUID(), ...intent, ...times } })
  const intents = () => service.db.signInIntent.count({ where: { id } })
  const methods = async () =>
    (await service.db.session.findMany({ where: { userId: ada.id } })).map(({ method }) => method)
  return { ada, eve, own, kept, methods, intents }
}

describe('a link to another person’s account', () => {
  test('is part of what the admin who made it controls', async () => {
    const { ada, eve, kept } = await backDoor()
    expect(await getHoldings(boss, eve.id)).toMatchObject({
      linksMade: 1,
      links: [{ userId: ada.id, name: 'Ada', trustId, provider: 'Gateway', subject: kept }],
    })
    expect((await getHoldings(boss, ada.id)).linksMade).toBe(0)
  })

  test.each([
    ['removed', (eve: string) => removeMember(boss, eve), 'Eve was removed'],
    ['lowered', (eve: string) => changeMemberRole(boss, eve, 'member'), 'Eve is member now'],
  ])('is cut when the admin who made it is %s, with the sessions it can have started', async (_, end, because) => {
    const { ada, eve, own, kept, methods, intents } = await backDoor()
    await end(eve.id)
    expect(await subjectsOf(ada.id)).toEqual([own])
    expect(await methods()).toEqual(['password'])
    expect(await intents()).toBe(0)
    const where = { targetId: ada.id, action: 'member.unlinked' }
    const entry = await service.db.auditEntry.findFirstOrThrow({ where })
    expect(JSON.parse(entry.before ?? '')).toMatchObject({ provider: 'Gateway', trustId, subject: kept })
    expect(JSON.parse(entry.after ?? '')).toEqual({ because, sessionsEnded: 2 })
    const act = await service.db.auditEntry.findFirstOrThrow({
      where: { targetId: eve.id, action: { in: ['member.removed', 'member.role-changed'] } },
    })
    expect(JSON.parse(act.after ?? '')).toMatchObject({ linksCut: 1 })
  })

  test('is left where that is chosen, and when a role is raised or stays', async () => {
    const [one, other] = [await backDoor(), await backDoor()]
    await changeMemberRole(boss, one.eve.id, 'member', { links: false })
    await changeMemberRole(boss, one.eve.id, 'admin', { takeOver: true })
    await removeMember(boss, one.eve.id, { links: false })
    await changeMemberRole(boss, other.eve.id, 'admin')
    expect(await subjectsOf(one.ada.id)).toEqual([one.own, one.kept].sort())
    expect(await subjectsOf(other.ada.id)).toHaveLength(2)
    expect(await one.methods()).toHaveLength(3)
  })

  test('to the acting admin is cut as well, and the session that acts goes on', async () => {
    const [ada, eve] = [await service.person('admin', 'Ada'), await service.person('admin', 'Eve')]
    await link(eve.ctx, ada.id)
    await service.db.session.updateMany({ where: { userId: ada.id }, data: { method: 'provider' } })
    const other = { id: randomUUID(), token: randomUUID(), userId: ada.id, method: 'provider' }
    await service.db.session.create({ data: { ...other, expiresAt: new Date('2026-06-02') } })
    await removeMember(ada.ctx, eve.id)
    expect(await subjectsOf(ada.id)).toEqual([])
    const sessions = await service.db.session.findMany({ where: { userId: ada.id } })
    expect(sessions.map(({ id }) => id)).toEqual([ada.sessionId])
  })

  test('made by an identity is not cut with a person, and a link to oneself stays on a lower role', async () => {
    const { ada, eve, own } = await backDoor()
    const { id } = await createIdentity(eve.ctx, { name: 'terraform', role: 'admin', metadata: [] })
    await attachTokenAuth(eve.ctx, id, {})
    const byMachine = await link(await service.holder(eve.ctx, id, 'admin'), ada.id)
    const toSelf = await link(eve.ctx, eve.id)
    expect((await getHoldings(boss, eve.id)).linksMade).toBe(1)
    await changeMemberRole(boss, eve.id, 'member')
    expect(await subjectsOf(ada.id)).toEqual([own, byMachine].sort())
    expect(await subjectsOf(eve.id)).toEqual([toSelf])
    expect(await service.db.userLink.findFirst({ where: { subject: byMachine } })).toMatchObject({
      ...{ linkedByKind: 'identity', linkedById: id },
    })
    await removeMember(boss, eve.id)
    expect(await subjectsOf(eve.id)).toEqual([])
  })

  test('in another organization is neither shown nor cut', async () => {
    const { ada, eve, kept } = await backDoor()
    const [organizationId, otherTrust] = [randomUUID(), randomUUID()]
    await service.db.organization.create({ data: { id: organizationId, name: 'Other', slug: organizationId } })
    await service.db.membership.create({
      data: { id: randomUUID(), organizationId, userId: ada.id, role: 'admin' },
    })
    const { identityId: _, ...row } = await service.db.trust.findUniqueOrThrow({ where: { id: trustId } })
    await service.db.trust.create({ data: { ...row, id: otherTrust, organizationId } })
    const made = { linkedByKind: 'user', linkedById: eve.id, createdAt: new Date('2026-06-01') }
    await service.db.userLink.create({
      data: { id: randomUUID(), trustId: otherTrust, subject: 'elsewhere', userId: ada.id, ...made },
    })
    expect((await getHoldings(boss, eve.id)).links.map(({ subject }) => subject)).toEqual([kept])
    await changeMemberRole(boss, eve.id, 'member')
    expect(await subjectsOf(ada.id)).toContain('elsewhere')
    expect(await subjectsOf(ada.id)).not.toContain(kept)
  })
})
