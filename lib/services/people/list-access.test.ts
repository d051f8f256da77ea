import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import { accessWords } from '@/lib/trust/role'
import { linkSubject } from '../sign-in/link-subject'
import { createTrust } from '../trust/create-trust'
import { listPeopleAccess } from './list-access'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)

  test('says of every person what their role lets them see and change, and how they get in', async () => {
    const admin = await service.person('admin', 'Ada')
    const auditor = await service.person('auditor', 'Audrey')
    const outsider = await service.person('no-access', 'Otto')
    await service.db.session.deleteMany({ where: { userId: outsider.id } })
    const provider = await createTrust(admin.ctx, {
      ...{ kind: 'sign-in', name: 'Portal', issuer: 'https://gateway.example' },
      keys: [{ kind: 'jwks-url', url: 'https://gateway.example/keys', caCert: '' }],
      options: { jwtEndpoint: 'https://gateway.example/jwt' },
    })
    const link = { userId: auditor.id, trustId: provider.id, subject: 'remote', userName: '' }
    await linkSubject(admin.ctx, link)
    await service.db.passkey.create({
      data: {
        ...{ id: randomUUID(), userId: admin.id, name: 'key', credentialId: 'c', publicKey: 'k', counter: 0 },
        createdAt: new Date(),
      },
    })
    const { people, next } = await listPeopleAccess(auditor.ctx)
    expect(next).toBeNull()
    const of = (id: string) => people.find((person) => person.id === id)
    expect(of(admin.id)).toMatchObject({
      ...{ role: 'admin', factors: { code: false, passkey: true }, sessions: 1, providers: [] },
      changes: [accessWords.write.does, accessWords.administer.does],
    })
    expect(of(admin.id)?.lastSignInAt).toBeInstanceOf(Date)
    expect(of(auditor.id)).toMatchObject({ changes: [], sees: [accessWords.read.sees], providers: ['Portal'] })
    expect(of(outsider.id)).toMatchObject({ changes: [], sees: [], sessions: 0, lastSignInAt: null })
  })

  test('a sign-in whose session is over is told from the audit', async () => {
    const { ctx } = await service.person('admin')
    const { id } = await service.person('member')
    await service.db.session.deleteMany({ where: { userId: id } })
    const at = new Date('2026-05-01T08:00:00.000Z')
    const entry = (action: string, at: Date) => ({
      ...{ id: randomUUID(), at, organizationId: service.organizationId, actorKind: 'user', action },
      ...{ targetKind: 'user', targetId: id },
    })
    await service.db.auditEntry.createMany({
      data: [entry('session.started', at), entry('session.refused', new Date('2026-05-02T08:00:00.000Z'))],
    })
    const { people } = await listPeopleAccess(ctx)
    expect(people.find((person) => person.id === id)?.lastSignInAt).toEqual(at)
  })

  test('sessions, providers and last sign-ins of several people are told apart', async () => {
    const [ada, bob, eve] = [
      await service.person('admin'),
      await service.person('member'),
      await service.person('member'),
    ]
    const { ctx } = ada
    const begun = new Date('2026-05-20T08:00:00.000Z')
    const session = (userId: string, expiresAt: Date, createdAt = begun) => ({
      ...{ id: randomUUID(), token: randomUUID(), userId, expiresAt, createdAt },
    })
    const [over, live] = [new Date(ctx.now().getTime() - 1_000), new Date(ctx.now().getTime() + 60_000)]
    await service.db.session.deleteMany({ where: { userId: { in: [bob.id, eve.id] } } })
    const later = new Date('2026-05-21T08:00:00.000Z')
    await service.db.session.createMany({
      data: [session(bob.id, live), session(bob.id, live), session(bob.id, over, later), session(ada.id, over)],
    })
    await service.db.auditEntry.create({
      data: {
        ...{ id: randomUUID(), at: begun, organizationId: service.organizationId, actorKind: 'user' },
        ...{ action: 'session.started', targetKind: 'user', targetId: eve.id },
      },
    })
    const providers = []
    for (const name of ['Zeta', 'Alpha']) {
      providers.push(
        await createTrust(ctx, {
          ...{ kind: 'sign-in', name, issuer: 'https://gateway.example' },
          keys: [{ kind: 'jwks-url', url: 'https://gateway.example/keys', caCert: '' }],
          options: { jwtEndpoint: 'https://gateway.example/jwt' },
        }),
      )
    }
    for (const { id: trustId } of providers) {
      await linkSubject(ctx, { userId: bob.id, trustId, subject: randomUUID(), userName: '' })
      service.pass(1)
    }
    const last = providers.at(-1)?.id ?? ''
    await linkSubject(ctx, { userId: eve.id, trustId: last, subject: randomUUID(), userName: '' })
    const { people } = await listPeopleAccess(ctx)
    const of = ({ id }: { id: string }) => people.find((person) => person.id === id)
    expect(of(bob)).toMatchObject({ sessions: 2, providers: ['Zeta', 'Alpha'], lastSignInAt: later })
    expect(of(eve)).toMatchObject({ sessions: 0, providers: ['Alpha'], lastSignInAt: begun })
    expect(of(ada)).toMatchObject({ sessions: 1, providers: [] })
  })

  test('every person is on one page, and those without access see none', async () => {
    const { ctx } = await service.person('admin')
    const count = await service.db.membership.count()
    const ids: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await listPeopleAccess(ctx, { limit: 2, cursor })
      ids.push(...page.people.map(({ id }) => id))
      if (page.next === null) break
      cursor = page.next
    }
    expect([ids.length, new Set(ids).size]).toEqual([count, count])
    const outsider = await service.person('no-access')
    await expect(listPeopleAccess(outsider.ctx)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
