import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { AppError } from '@/lib/errors'
import type { Context } from './context'
import { listIdentities } from './identity/list-identities'
import { bounds } from './offset-page'

const databases = bothDatabases()
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute))

describe.each(databaseNames)('identities on %s', (name) => {
  const organizationId = randomUUID()
  beforeAll(async () => {
    bounds.comparedRows = 20
    const db = databases.client(name)
    await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
    await db.identity.createMany({
      data: Array.from({ length: 60 }, (_, index) => ({
        ...{ id: randomUUID(), organizationId, name: `ci ${String(Math.floor(index / 2)).padStart(2, '0')}` },
        ...{ role: index % 3 === 0 ? 'admin' : 'member', createdAt: at(index % 7) },
        lastLoginAt: index % 2 === 0 ? null : at(index % 5),
      })),
    })
  })
  type Query = Parameters<typeof listIdentities>[1]
  const list = (query: Query) =>
    listIdentities(
      {
        ...{ db: databases.client(name), now: () => at(0), organizationId },
        actor: { kind: 'user', id: randomUUID(), name: 'Ada', role: 'auditor', sessionId: '' },
      } as unknown as Context,
      query,
    )
  /** Page by page: by offset, or by cursor. */
  async function all(query: Query, by: 'offset' | 'cursor') {
    const rows = []
    for (let page = 0, cursor: string | undefined; page < 50; page++) {
      const at = by === 'offset' ? { offset: page * 7 } : { cursor }
      const { identities, next } = await list({ ...query, limit: 7, ...at })
      rows.push(...identities)
      if (by === 'offset' ? identities.length < 7 : next === null) return rows
      cursor = next ?? undefined
    }
    throw new Error('there is no end')
  }

  test.each(
    (['name', 'role', 'createdAt', 'lastLoginAt'] as const).flatMap((sort) =>
      (['asc', 'desc'] as const).map((direction) => [sort, direction] as const),
    ),
  )('no identity is lost or repeated in order of %s %s, by offset and by cursor', async (sort, direction) => {
    const byOffset = await all({ sort, direction }, 'offset')
    expect(new Set(byOffset.map(({ id }) => id)).size).toBe(60)
    expect(byOffset).toHaveLength(60)
    expect(await all({ sort, direction }, 'cursor')).toEqual(byOffset)
    const values = byOffset.flatMap((row) => row[sort] ?? []).map((value) => (value instanceof Date ? +value : value))
    const sorted = [...values].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))
    expect(values).toEqual(direction === 'asc' ? sorted : sorted.reverse())
  })

  test('those that never logged in come last, whatever the direction', async () => {
    for (const direction of ['asc', 'desc'] as const) {
      const rows = await all({ sort: 'lastLoginAt', direction }, 'offset')
      expect(rows.map(({ lastLoginAt }) => lastLoginAt === null).indexOf(true)).toBe(30)
    }
  })

  test('a role and an exact name are found wherever they are in the order', async () => {
    expect(await list({ role: 'admin', sort: 'name', limit: 100 })).toMatchObject({ total: 20, comparedRows: null })
    expect(await list({ name: 'ci 29' })).toMatchObject({ total: 2, comparedRows: null, next: null })
    const [one] = (await list({ name: 'ci 29' })).identities
    expect((await list({ search: one?.id.toUpperCase() })).identities).toEqual([one])
    const db = databases.client(name)
    const named = randomUUID()
    await db.identity.create({ data: { id: randomUUID(), organizationId, name: `for ${named}`, role: 'auditor' } })
    expect((await list({ search: named, role: 'auditor' })).identities).toMatchObject([{ name: `for ${named}` }])
    await db.identity.deleteMany({ where: { role: 'auditor' } })
    expect((await list({ search: one?.id, role: one?.role === 'admin' ? 'member' : 'admin' })).total).toBe(0)
  })

  test('part of a name is compared with a bounded number of rows, the answer says so, and a cursor goes on', async () => {
    const first = await list({ search: 'ci 29' })
    expect(first).toMatchObject({ identities: [], total: 0, comparedRows: 20 })
    expect(await all({ search: 'ci 2' }, 'cursor')).toHaveLength(20)
    expect(await all({ search: 'ci 2', sort: 'lastLoginAt', direction: 'desc' }, 'cursor')).toHaveLength(20)
    expect(await all({ search: 'ci 2', sort: 'role' }, 'cursor')).toHaveLength(20)
    expect(await all({ role: 'admin', sort: 'createdAt' }, 'cursor')).toHaveLength(20)
  })

  test('identities are found by method, issuer, finding and last login, on the whole list', async () => {
    const db = databases.client(name)
    const { identities } = await list({ search: 'ci 0', sort: 'name', limit: 3 })
    const [one, two, three] = identities.map(({ id }) => id) as [string, string, string]
    const json = { keys: '[]', algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}' }
    for (const [identityId, kind, issuer, severity] of [
      [one, 'jwt', 'https://GitLab.example', 'critical'],
      [one, 'oidc', 'https://issuer.example', 'high'],
      [two, 'jwt', 'https://issuer.example', 'high'],
    ] as const) {
      const found = [{ rule: severity === 'critical' ? 'L01' : 'L08', severity, count: 1, path: [], message: 'Wide.' }]
      const [id, judgedAt] = [randomUUID(), at(0)]
      await db.trust.create({ data: { id, organizationId, identityId, kind, issuer, name: 'a trust', ...json } })
      const judged = { version: 1, judgedBy: '', judgedAt, found: JSON.stringify(found) }
      await db.trustPosture.create({ data: { trustId: id, organizationId, ...judged } })
      if (severity === 'critical') {
        const mute = { rule: 'L01', reason: 'A test.', createdAt: at(0), until: at(60) }
        await db.findingMute.create({ data: { trustId: id, organizationId, ...mute } })
      }
    }
    await db.tokenAuth.create({ data: { id: randomUUID(), identityId: three, grant: '{}' } })
    const idsOf = async (query: Query) => (await list(query)).identities.map(({ id }) => id).sort()
    const before = bounds.idsOfStatement
    // Found by their ids, and where there are more of them than a statement names.
    for (const idsOfStatement of [before, 1]) {
      bounds.idsOfStatement = idsOfStatement
      expect(await idsOf({ method: 'jwt' })).toEqual([one, two].sort())
      expect(await idsOf({ method: 'oidc', issuer: 'ISSUER.ex' })).toEqual([one])
      expect(await idsOf({ method: 'jwt', issuer: 'issuer.example' })).toEqual([two])
      expect(await idsOf({ method: 'token', search: 'ci 0' })).toEqual([three])
      expect(await idsOf({ severity: 'high' })).toEqual([one, two].sort())
      // Its only finding of this severity is muted.
      expect(await idsOf({ severity: 'critical' })).toEqual([])
      expect((await list({ issuer: 'nowhere' })).total).toBe(0)
      expect(await all({ lastLogin: 'never' }, 'cursor')).toHaveLength(30)
      expect(await all({ lastLogin: 'within-7-days' }, 'cursor')).toHaveLength(30)
      expect(await all({ lastLogin: 'over-30-days', role: 'admin' }, 'cursor')).toHaveLength(10)
      expect((await list({ severity: 'high', name: 'ci 00' })).total).toBe(2)
      for (const sort of ['name', 'role', 'createdAt', 'lastLoginAt'] as const) {
        const found = await all({ severity: 'high', sort, direction: 'desc' }, 'cursor')
        expect(found.map(({ id }) => id).sort()).toEqual([one, two].sort())
      }
    }
    bounds.idsOfStatement = before
    await db.trust.deleteMany()
    await db.tokenAuth.deleteMany()
  })

  test.each(['x', Buffer.from('[9,"a","b"]').toString('base64url'), Buffer.from('[0,"a"]').toString('base64url')])(
    'a cursor that was not made for this list is refused at its field: %s',
    async (cursor) => {
      const refused = list({ cursor })
      await expect(refused).rejects.toBeInstanceOf(AppError)
      await expect(refused).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: ['cursor'] }] })
    },
  )
})
