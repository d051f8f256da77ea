import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import { keySourceId } from '@/lib/net/key-cache'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from '../trust/create-trust'
import { changeDays } from './change-days'

const since = new Date('2026-05-01T00:00:00Z')
const source = { kind: 'jwks-url' as const, url: 'https://issuer.example/jwks', caCert: '' }

describe.each(databaseNames)('on %s', (database) => {
  const service = useService(database)

  test('changes of trusts and of published keys count by their day, in the organization alone', async () => {
    const { ctx } = await service.person('admin')
    const { id } = await createIdentity(ctx, { name: 'agent' })
    await createTrust(ctx, { kind: 'jwt', identityId: id, name: 'trust', keys: [source] })
    const { db, organizationId } = service
    const sourceId = keySourceId(source)
    const at = new Date('2026-05-20T10:00:00Z')
    await db.keySourceState.create({
      data: { id: sourceId, kind: source.kind, url: source.url, lastAttemptAt: at, latencyMs: 1 },
    })
    for (const kind of ['reached', 'key-added', 'key-removed', 'failed'])
      await db.keySourceEvent.create({ data: { id: randomUUID(), sourceId, at, kind, message: '' } })

    expect(Object.fromEntries(await changeDays(db, organizationId, since))).toEqual({
      '2026-06-01': { trusts: 1, keys: 0 },
      '2026-05-20': { trusts: 0, keys: 2 },
    })
    expect(await changeDays(db, organizationId, new Date('2026-06-02T00:00:00Z'))).toEqual(new Map())
    expect(await changeDays(db, randomUUID(), since)).toEqual(new Map())
  })

  test('keys of each of many sources count', async () => {
    const { db, organizationId } = service
    const at = new Date('2026-05-21T10:00:00Z')
    const sources = Array.from({ length: 120 }, (_, number) => ({ ...source, url: `https://issuer.example/${number}` }))
    const ids = sources.map(keySourceId)
    await db.namedKeySource.createMany({
      data: sources.map((each, at) => ({
        ...{ organizationId, sourceId: ids[at] ?? '', ...each, urlStart: each.url },
        checkedAt: new Date(0),
      })),
    })
    await db.keySourceState.createMany({
      data: ids.map((id) => ({ id, kind: source.kind, url: source.url, lastAttemptAt: at, latencyMs: 1 })),
    })
    await db.keySourceEvent.createMany({
      data: ids.map((sourceId) => ({ id: randomUUID(), sourceId, at, kind: 'key-changed', message: '' })),
    })
    expect((await changeDays(db, organizationId, since)).get('2026-05-21')).toEqual({ trusts: 0, keys: 120 })
  })
})
