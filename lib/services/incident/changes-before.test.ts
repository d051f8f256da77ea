import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { decision } from '@/e2e/fixtures/sealed-log'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { keySourceId } from '@/lib/net/key-cache'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from '../trust/create-trust'
import { removeTrust } from '../trust/remove-trust'
import { updateTrust } from '../trust/update-trust'
import { getIncident } from './get-incident'
import { noteChanges } from './note-changes'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)

  async function incidentOf(identityId: string | null, over: object = {}) {
    const { ctx } = await service.person('admin')
    const id = randomUUID()
    const firstAt = ctx.now()
    await service.db.incident.create({
      data: {
        ...{ id, organizationId: service.organizationId, groupKey: id, method: 'jwt', reason: 'signature_invalid' },
        ...{ identityId, firstAt, at: firstAt, count: 3, firstDecisionId: 'first', lastDecisionId: 'last' },
        ...{ addresses: '', spark: '', changesDueAt: firstAt, ...over },
      },
    })
    return { id, ctx, firstAt }
  }
  const accepted = (identityId: string, at: Date) =>
    service.db.decision.create({
      data: { ...decision(service.organizationId), identityId: identityId as never, at, identityName: null },
    })

  test('a change of the trust since the last accepted login is told, with who made it; one before it is not', async () => {
    const admin = await service.person('admin', 'Ada')
    const { id: identityId } = await createIdentity(admin.ctx, { name: `ci ${randomUUID()}`, role: 'no-access' })
    const trust = await createTrust(admin.ctx, await jwtTrust(identityId))
    service.pass(3_600)
    await accepted(identityId, admin.ctx.now())
    service.pass(3_600)
    const changed = admin.ctx
    await updateTrust(changed, { id: trust.id }, (one) => ({ ...one, issuer: 'https://issuer.example/' }), null)
    service.pass(3_600)
    const { id, ctx } = await incidentOf(identityId, { trustId: trust.id, trustVersion: 2 })
    service.pass(600)
    const { changes, lastAcceptedAt, since } = await getIncident(ctx, id)
    expect(lastAcceptedAt).toEqual(since)
    const [entry] = await service.recorded(changed)
    expect(changes).toEqual([
      {
        ...{
          at: entry?.at.toISOString(),
          kind: 'trust',
          actorName: 'Ada',
          sourceId: null,
          entryId: entry?.id,
        },
        text: expect.stringContaining('https://issuer.example/'),
      },
    ])
  })

  test('a key source that failed or changed its keys is told, also where the trust of then named it and that of now does not', async () => {
    const admin = await service.person('admin')
    const { id: identityId } = await createIdentity(admin.ctx, { name: `ci ${randomUUID()}`, role: 'no-access' })
    const source = { kind: 'jwks-url' as const, url: `https://${randomUUID()}.example/jwks`, caCert: '' }
    const trust = await createTrust(admin.ctx, { ...(await jwtTrust(identityId)), keys: [source] })
    const { keys } = await jwtTrust(identityId)
    service.pass(3_600)
    const { id, ctx, firstAt } = await incidentOf(identityId, { trustId: trust.id, trustVersion: 1 })
    const sourceId = keySourceId(source)
    const at = (seconds: number) => new Date(firstAt.getTime() + seconds * 1000)
    await service.db.keySourceState.create({
      data: {
        ...{ id: sourceId, kind: 'jwks-url', url: source.url, lastAttemptAt: firstAt, latencyMs: 1 },
        tls: JSON.stringify({
          ...{ subject: 'CN=issuer', issuer: 'CN=ca', fingerprint: 'ab', protocol: 'TLSv1.3', chain: [] },
          ...{ notBefore: 0, notAfter: at(-90).getTime() / 1000 },
        }),
      },
    })
    const event = (seconds: number, kind: string, message: string) =>
      service.db.keySourceEvent.create({ data: { id: randomUUID(), sourceId, at: at(seconds), kind, message } })
    await event(-90_000, 'key-added', 'Long before.')
    await event(-60, 'key-removed', 'The key 2026-a is gone.')
    await event(5, 'failed', 'The host does not answer.')
    await event(3_600, 'recovered', 'Long after.')
    service.pass(600)
    await updateTrust(ctx, { id: trust.id }, (one) => ({ ...one, keys }), null)
    const { changes, lastAcceptedAt } = await getIncident(ctx, id)
    expect(lastAcceptedAt).toBeNull()
    expect(changes.filter(({ kind }) => kind !== 'trust' && kind !== 'identity')).toMatchObject([
      { kind: 'key-source', text: 'The host does not answer.', sourceId },
      { kind: 'key-source', text: 'The key 2026-a is gone.', sourceId },
      { kind: 'certificate', text: 'The TLS certificate of CN=issuer expired.' },
    ])
    expect(changes.some(({ text }) => text.includes('Long'))).toBe(false)
  })

  test('a trust that was deleted is told where its identity has none any more', async () => {
    const admin = await service.person('admin', 'Ada')
    const { id: identityId } = await createIdentity(admin.ctx, { name: `ci ${randomUUID()}`, role: 'no-access' })
    const trust = await createTrust(admin.ctx, await jwtTrust(identityId))
    service.pass(60)
    await removeTrust(admin.ctx, { id: trust.id })
    service.pass(60)
    const { id, ctx } = await incidentOf(identityId, { reason: 'method_not_configured' })
    const { changes } = await getIncident(ctx, id)
    expect(changes[0]).toMatchObject({
      kind: 'trust',
      text: expect.stringContaining('Trust deleted'),
      actorName: 'Ada',
    })
  })

  test('of an expired token it is told when it expired', async () => {
    const { ctx: admin } = await service.person('admin')
    const row = { ...decision(service.organizationId, false), at: admin.now() }
    const exp = Math.floor(admin.now().getTime() / 1000) - 90
    await service.db.decision.create({ data: { ...row, identityName: null, claims: JSON.stringify({ exp }) } })
    const { id, ctx } = await incidentOf(null, { reason: 'token_expired', firstDecisionId: row.id })
    expect((await getIncident(ctx, id)).changes).toMatchObject([
      { kind: 'token', at: new Date(exp * 1000).toISOString() },
    ])
  })

  test('the list keeps what changed last, looked for at once and again when events may have come', async () => {
    const admin = await service.person('admin', 'Ada')
    await service.db.incident.updateMany({ data: { changesDueAt: null } })
    const { id: identityId } = await createIdentity(admin.ctx, { name: `ci ${randomUUID()}`, role: 'no-access' })
    const { id, ctx, firstAt } = await incidentOf(identityId)
    expect(await noteChanges(service.db, ctx.now())).toMatchObject({ isDone: true })
    const stored = () => service.db.incident.findUniqueOrThrow({ where: { id } })
    expect(JSON.parse((await stored()).lastChange ?? 'null')).toMatchObject({ kind: 'identity', actorName: 'Ada' })
    expect((await stored()).changesDueAt).toEqual(new Date(firstAt.getTime() + 300_000))
    service.pass(301)
    await noteChanges(service.db, ctx.now())
    expect((await stored()).changesDueAt).toBeNull()
  })
})
