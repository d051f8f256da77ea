import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresqlServer, postgresqlServer } from '../../e2e/fixtures/postgresql'
import { connect } from './client'
import { migrate } from './migrate'

let folder = ''
let postgresql: PostgresqlServer
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-rows-'))
  postgresql = await postgresqlServer()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await postgresql.stop()
})

const at = new Date('2026-01-01T00:00:00.000Z')
const insert = (table: string, row: Record<string, string | null>) => {
  const names = Object.keys(row).map((name) => `"${name}"`)
  const values = Object.values(row).map((value) => (value === null ? 'NULL' : `'${value}'`))
  return `INSERT INTO "${table}" (${names.join(', ')}) VALUES (${values.join(', ')})`
}

const decision = (id: string, at: string, more: Record<string, string | null>) =>
  insert('Decision', { ...{ id, at, organizationId: 'o', method: 'jwt', message: '', trace: '[]' }, ...more })

/** Trusts whose own fields were kept under the name of an API, by id: their kind, what was stored, and what is stored now. */
const formerOptions: Record<string, [kind: string, before: string, after: string]> = {
  t1: ['sign-in', '{"zitadel":{"jwtEndpoint":"https://a.example/{x}"}}', '{"jwtEndpoint":"https://a.example/{x}"}'],
  t2: ['issuer', '{"nativeframe":{"project":"p"}}', '{"project":"p"}'],
  t3: ['jwt', '{"infisical":{"jwksUrl":""}}', '{"inactiveKeys":{"jwksUrl":""}}'],
  t4: ['oidc', '{}', '{}'],
  t5: ['issuer', '{"nativeframe":', '{"nativeframe":'],
}

/** What a database of the first migration holds; SQLite keeps dates as milliseconds, and text will do for both. */
const firstRows = (date: string) => [
  insert('Organization', { id: 'o', name: 'Acme', slug: 'acme', createdAt: date }),
  insert('Identity', { id: 'i', organizationId: 'o', name: 'ci', role: 'member', createdAt: date, updatedAt: date }),
  insert('Trust', {
    ...{ id: 't', organizationId: 'o', identityId: 'i', method: 'jwt', name: 'ci', issuer: 'https://i.example' },
    ...{ keys: '[]', algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}', createdAt: date, updatedAt: date },
  }),
  ...Object.entries(formerOptions).map(([id, [method, foreign]]) =>
    insert('Trust', {
      ...{ id, organizationId: 'o', method, name: id, foreign, createdAt: date, updatedAt: date },
      ...{ keys: '[]', algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}' },
    }),
  ),
  insert('AccessToken', {
    ...{ id: 'a', organizationId: 'o', identityId: 'i', trustId: 't', method: 'jwt' },
    ...{ createdAt: date, expiresAt: date, maxExpiresAt: date },
  }),
  decision('d1', date, { accepted: '1' }),
  decision('d2', '2026-01-01T23:59:59.999+00:00', { accepted: '1' }),
  decision('d3', '2026-01-02T00:00:00.000+00:00', { accepted: '0', reason: 'token_expired' }),
  decision('d4', '2026-01-02T00:00:00.000+00:00', { accepted: '0', organizationId: null }),
  insert('AuditEntry', { ...entry('1', date, 'trust.created', 't'), actorId: 'u', actorName: 'Ada' }),
  insert('AuditEntry', { ...entry('2', date, 'trust.updated', 't'), actorId: 'w', actorName: 'Bob' }),
  insert('AuditEntry', { ...entry('3', date, 'identity.created', 'i'), actorId: 'u', actorName: 'Ada' }),
]

const entry = (id: string, at: string, action: string, targetId: string) => ({
  ...{ id, at, organizationId: 'o', actorKind: 'user', action, targetId },
})

test.each(['sqlite', 'postgresql'] as const)(
  'migrating a %s database that is in use loses no row',
  async (provider) => {
    const url = provider === 'sqlite' ? `file:${folder}/keybound.db` : await postgresql.createDatabase()
    const first = path.join(folder, `first-${provider}`)
    const all = path.resolve('prisma/migrations')
    const [init = ''] = readdirSync(path.join(all, provider)).sort()
    cpSync(path.join(all, provider, init), path.join(first, provider, init), { recursive: true })
    cpSync(path.join(all, provider, 'migration_lock.toml'), path.join(first, provider, 'migration_lock.toml'))
    await migrate(url, first)
    const client = connect(url)
    const date = provider === 'sqlite' ? String(at.getTime()) : at.toISOString()
    for (const statement of firstRows(date)) await client.$executeRawUnsafe(statement)
    await client.$disconnect()

    expect((await migrate(url)).length).toBeGreaterThan(0)
    const after = connect(url)
    expect(await after.accessToken.findMany()).toMatchObject([{ id: 'a', identityId: 'i', trustId: 't', claims: null }])
    expect(await after.trust.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      {
        ...{ id: 't', kind: 'jwt', options: '{}', identityId: 'i', keyUse: '{}', soleIssuer: null, projectId: null },
        // From the audit; the role of that moment is not known.
        ...{ changedByKind: 'user', changedById: 'w', changedByName: 'Bob', changedByRole: null },
      },
      ...Object.entries(formerOptions).map(([id, [kind, , options]]) => ({ id, kind, options })),
    ])
    // Decisions were not counted by day then.
    expect(await after.decisionDay.findMany({ orderBy: [{ day: 'asc' }, { organizationId: 'asc' }] })).toEqual([
      { organizationId: 'o', day: '2026-01-01', method: 'jwt', accepted: true, reason: '', count: 2 },
      { organizationId: '', day: '2026-01-02', method: 'jwt', accepted: false, reason: 'unknown', count: 1 },
      { organizationId: 'o', day: '2026-01-02', method: 'jwt', accepted: false, reason: 'token_expired', count: 1 },
    ])
    expect(await after.identity.findMany()).toMatchObject([{ id: 'i', createdById: 'u' }])
    expect(await after.organization.findMany()).toMatchObject([{ returnOrigins: '[]', requiresSecondFactor: false }])
    await after.$disconnect()
  },
)
