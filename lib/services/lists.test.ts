import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { newRequestId } from '@/lib/ids'
import type { Context } from './context'
import { listDecisions } from './decision/list-decisions'
import { readPage } from './list-page'

const databases = bothDatabases()
const now = new Date('2026-08-01T12:00:00.000Z')
const organizationId: string = randomUUID()
const identityId: string = randomUUID()

describe.each(databaseNames)('pages on %s', (name) => {
  const db = () => databases.client(name)
  const ctx = (organization = organizationId) =>
    ({
      ...{
        db: db(),
        now: () => now,
        requestId: newRequestId(),
        ip: null,
        userAgent: null,
        organizationId: organization,
      },
      actor: { kind: 'user', id: randomUUID(), name: 'Ada', role: 'auditor', sessionId: '' },
    }) as unknown as Context
  beforeEach(async () => {
    await db().decision.deleteMany()
  })
  const decision = (minutesAgo: number, over: Record<string, unknown> = {}) => ({
    ...{ id: newRequestId(), at: new Date(now.getTime() - minutesAgo * 60_000), organizationId, method: 'jwt' },
    ...{ accepted: false, reason: 'token_expired', message: '', trace: '[]', issuer: 'https://issuer.example' },
    ...over,
  })
  async function all(query: Parameters<typeof listDecisions>[1], organization?: string): Promise<string[]> {
    const ids: string[] = []
    for (let cursor: string | undefined, page = 0; page < 50; page++) {
      const { decisions, next } = await listDecisions(ctx(organization), { ...query, cursor })
      ids.push(...decisions.map(({ id }) => id))
      if (next === null) return ids
      cursor = next
    }
    throw new Error('there is no end')
  }

  test('no row is lost or repeated, also where many have the same time', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => decision(Math.floor(at / 20)))
    await db().decision.createMany({ data: rows })
    const ids = await all({ limit: 7 })
    expect(ids).toHaveLength(60)
    expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)))
    expect(await all({ limit: 7, method: 'jwt', search: 'issuer.example' })).toEqual(ids)
  })

  test('entries without an organization are in a list of their own, and in no other', async () => {
    const [own, unowned, other] = [
      decision(1),
      decision(2, { organizationId: null }),
      decision(3, { organizationId: 'x' }),
    ]
    await db().decision.createMany({ data: [own, unowned, other] })
    expect(await all({})).toEqual([own.id])
    expect(await all({ owner: 'none' })).toEqual([unowned.id])
    expect(await all({ search: unowned.id })).toEqual([unowned.id])
    expect(await all({ search: other.id })).toEqual([])
  })

  test('each filter finds what it says', async () => {
    const rows = [
      decision(1, { accepted: true, reason: null, tokenSha256: 'ab'.repeat(32) }),
      decision(2, { reason: 'signature_invalid', identityId, identityName: 'ci' }),
      decision(3, { method: 'oidc', identityId }),
    ]
    await db().decision.createMany({ data: rows })
    const [first, second, third] = rows.map(({ id }) => id)
    expect(await all({ accepted: 'true' })).toEqual([first])
    expect(await all({ reason: 'signature_invalid', accepted: 'false' })).toEqual([second])
    expect(await all({ reason: 'signature_invalid', accepted: 'true' })).toEqual([])
    expect(await all({ identityId })).toEqual([second, third])
    expect(await all({ identityId, reason: 'token_expired' })).toEqual([third])
    expect(await all({ search: 'AB'.repeat(32) })).toEqual([first])
    expect(await all({ search: 'ci' })).toEqual([second])
    const from = new Date(now.getTime() - 150_000).toISOString()
    expect(await all({ from, to: new Date(now.getTime() - 90_000).toISOString() })).toEqual([second])
  })

  test('the logins of a trust are found: of an issuer, of a trust of an identity, and of one that was removed', async () => {
    const trust = { algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}', keys: '[]', name: 'trust' }
    const [issuer, other, ofIdentity] = [randomUUID(), randomUUID(), randomUUID()]
    const [foreign, removed] = [randomUUID(), randomUUID()]
    const foreignOrganization = randomUUID()
    await db().organization.createMany({
      data: [organizationId, foreignOrganization].map((id) => ({ id, name: 'Acme', slug: id })),
    })
    await db().identity.create({ data: { id: identityId, organizationId, name: 'ci', role: 'no-access' } })
    await db().trust.createMany({
      data: [
        ...[issuer, other].map((id) => ({ ...trust, id, organizationId, kind: 'issuer' })),
        { ...trust, id: ofIdentity, organizationId, identityId, kind: 'jwt' },
        { ...trust, id: foreign, organizationId: foreignOrganization, kind: 'issuer' },
      ],
    })
    const rows = [
      decision(1, { trustId: issuer, method: 'issuer' }),
      decision(2, { trustId: issuer, method: 'issuer', accepted: true, reason: null }),
      decision(3, { trustId: other, method: 'issuer' }),
      decision(4, { trustId: ofIdentity, identityId }),
      decision(5, { trustId: foreign, organizationId: foreignOrganization }),
      decision(6, { trustId: removed, identityId: randomUUID() }),
    ]
    await db().decision.createMany({ data: rows })
    const ids = rows.map(({ id }) => id)
    expect(await all({ trustId: issuer })).toEqual(ids.slice(0, 2))
    expect(await all({ trustId: issuer, limit: 1 })).toEqual(ids.slice(0, 2))
    expect(await all({ trustId: issuer, accepted: 'true' })).toEqual([ids[1]])
    expect(await all({ trustId: issuer, reason: 'token_expired' })).toEqual([ids[0]])
    expect(await all({ trustId: ofIdentity })).toEqual([ids[3]])
    expect(await all({ trustId: ofIdentity, identityId })).toEqual([ids[3]])
    expect(await all({ trustId: issuer, identityId })).toEqual([])
    expect(await all({ trustId: foreign })).toEqual([])
    expect(await all({ trustId: removed })).toEqual([ids[5]])
  })

  test('a filter that no index serves looks through a bounded number of rows, says how far, and goes on from there', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => decision(at))
    const rare = decision(35, { method: 'oidc' })
    await db().decision.createMany({ data: [...rows, rare] })
    const orderBy = [{ at: 'desc' as const }, { id: 'desc' as const }]
    const page = (cursor?: string) =>
      readPage({
        ...{ indexed: { organizationId }, compared: { method: 'oidc' }, limit: 5, windowRows: 20, cursor },
        read: (where, take) => db().decision.findMany({ where, orderBy, take }),
        skip: (where, skip) => db().decision.findFirst({ where, orderBy, skip }),
      })
    const first = await page()
    expect(first).toMatchObject({ rows: [], lookedBackTo: rows[20]?.at })
    expect(await page(first.next ?? '')).toMatchObject({ rows: [{ id: rare.id }], next: null, lookedBackTo: null })
  })

  test.each(['x', '~', '0000-01-01T00:00:00.000Z~x', '-271821-04-20T00:00:00.000Z~x', `${now.toISOString()}~'`])(
    'a cursor that was not made here ends the list or goes on, and is no error: %s',
    async (cursor) => {
      await db().decision.create({ data: decision(1) })
      expect((await listDecisions(ctx(), { cursor })).decisions.length).toBeLessThanOrEqual(1)
    },
  )
})
