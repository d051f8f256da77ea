import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { exportSPKI, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { connect, type Db } from '@/lib/db/client'
import { loginStoreOf, setLoginStore } from '@/lib/db/login-store/stores'
import { newRequestId } from '@/lib/ids'
import { attachTokenAuth, createToken, updateTokenAuth } from '../access-token/token-auth'
import { renameTokenAuthToken } from '../access-token/token-auth-token'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { removeIdentity } from '../identity/remove-identity'
import { updateIdentity } from '../identity/update-identity'
import { login } from '../login/login'
import { addMember, changeMemberRole } from '../people/members'
import { removeMember } from '../people/remove-member'
import { setUp } from '../people/set-up'
import { createTrust } from '../trust/create-trust'
import { removeTrust } from '../trust/remove-trust'
import { updateTrust } from '../trust/update-trust'
import type { AuditRecord } from './actions'

let folder: string
let db: Db
const organizationId = randomUUID()
const adaId = randomUUID()

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keybound-audit-'))
  const { url } = await migratedDatabase('sqlite', folder)
  Object.assign(process.env, { DATABASE_URL: url, KEYBOUND_SECRET: 'a secret for tests, known to all' })
  db = connect(url)
  await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: 'acme' } })
  await db.user.create({ data: { id: adaId, name: 'Ada', email: 'ada@example.com' } })
  await db.membership.create({ data: { id: randomUUID(), userId: adaId, organizationId, role: 'admin' } })
})
afterAll(async () => {
  await db.$disconnect()
  await rm(folder, { recursive: true, force: true })
})

const context = (over: Db = db): Context => ({
  db: over,
  keys: {
    get: () => Promise.reject(new TypeError('no key is fetched here')),
    refresh: () => Promise.reject(new TypeError('no key is fetched here')),
    forget: () => {},
  },
  keySourceRecorder: { fetched: () => {}, judged: () => {}, settled: async () => {} },
  now: () => new Date('2026-06-01T12:00:00Z'),
  requestId: newRequestId(),
  ip: '192.0.2.1',
  userAgent: null,
  actor: { kind: 'user', id: adaId, name: 'Ada', role: 'admin', sessionId: '' },
  organizationId,
})

/** The same database, in which no audit entry can be written: the disk is full before the last write of an act. */
function withoutEntries(): Db {
  const fail = () => Promise.reject(new Error('the disk is full'))
  return db.$extends({ query: { auditEntry: { create: fail } } }) as unknown as Db
}

const counts = async () => ({
  identities: await db.identity.findMany({ orderBy: { id: 'asc' } }),
  trusts: await db.trust.findMany({ orderBy: { id: 'asc' } }),
  tokenAuths: await db.tokenAuth.findMany({ orderBy: { id: 'asc' } }),
  tokenNames: (await db.accessToken.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name),
  accessTokens: await db.accessToken.count(),
  users: await db.user.count(),
  memberships: await db.membership.findMany({ orderBy: { id: 'asc' } }),
  installations: await db.installation.count(),
  decisions: await db.decision.count(),
  entries: await db.auditEntry.count(),
})

const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
const pem = await exportSPKI(keys.publicKey)
const draft = (identityId: string) => ({
  kind: 'jwt' as const,
  identityId,
  name: 'trust',
  keys: [{ kind: 'static-pem' as const, pem }],
})

describe('an act and its entry are one', () => {
  let identityId: string
  let trustedId: string
  let memberId: string
  let tokenId: string
  beforeEach(async () => {
    identityId = (await createIdentity(context(), { name: 'subject' })).id
    trustedId = (await createIdentity(context(), { name: 'trusted' })).id
    await createTrust(context(), draft(trustedId))
    await attachTokenAuth(context(), trustedId, {})
    tokenId = (await createToken(context(), trustedId, 'old')).id
    memberId = await memberRow()
    await memberRow()
  })
  let people = 0
  /** Another admin, without a password: hashing one takes longer than everything else here. */
  const memberRow = async () => {
    const id = randomUUID()
    await db.user.create({ data: { id, name: 'Person', email: `${id}@example.com` } })
    await db.membership.create({ data: { id: randomUUID(), userId: id, organizationId, role: 'admin' } })
    return id
  }
  const person = () => ({
    email: `p${people++}@example.com`,
    name: 'Person',
    password: 'a password of some length',
    role: 'admin' as const,
  })

  const acts: [string, string, (ctx: Context) => Promise<unknown>][] = [
    ['creating an identity', 'identity.created', (ctx) => createIdentity(ctx, { name: 'x' })],
    ['changing an identity', 'identity.updated', (ctx) => updateIdentity(ctx, identityId, { name: 'y' })],
    ['deleting an identity', 'identity.deleted', (ctx) => removeIdentity(ctx, identityId)],
    ['creating a trust', 'trust.created', (ctx) => createTrust(ctx, draft(identityId))],
    [
      'changing a trust',
      'trust.updated',
      (ctx) => updateTrust(ctx, { identityId: trustedId, kind: 'jwt' }, (before) => ({ ...before, name: 'z' })),
    ],
    ['removing a trust', 'trust.deleted', (ctx) => removeTrust(ctx, { identityId: trustedId, kind: 'jwt' })],
    ['attaching Token Auth', 'token-auth.attached', (ctx) => attachTokenAuth(ctx, identityId, {})],
    [
      'changing Token Auth',
      'token-auth.updated',
      (ctx) => updateTokenAuth(ctx, trustedId, (before) => ({ ...before, ttlSeconds: 60 })),
    ],
    ['renaming a token', 'access-token.renamed', (ctx) => renameTokenAuthToken(ctx, tokenId, 'new')],
    ['issuing a token', 'access-token.issued', (ctx) => createToken(ctx, trustedId, 'x')],
    ['adding a person', 'member.added', (ctx) => addMember(ctx, person())],
    ['changing a role', 'member.role-changed', (ctx) => changeMemberRole(ctx, memberId, 'auditor')],
    ['removing a person', 'member.removed', (ctx) => removeMember(ctx, memberId)],
    [
      'setting up',
      'organization.created',
      (ctx) => setUp(ctx, { email: 'first@example.com', password: 'a password of some length', organization: 'New' }),
    ],
  ]

  test.each(acts)('%s: when the entry cannot be written, the act has not happened', async (_, action, act) => {
    const before = await counts()
    await expect(act(context(withoutEntries()))).rejects.toThrow('the disk is full')
    expect(await counts()).toEqual(before)

    const ctx = context()
    await act(ctx)
    const entries = await db.auditEntry.findMany({ where: { requestId: ctx.requestId } })
    expect(entries.map((entry) => entry.action)).toEqual([action])
    expect(entries[0]).toMatchObject({ at: ctx.now(), ip: '192.0.2.1' })
  })

  test('an act that is refused leaves no entry', async () => {
    const before = await counts()
    await expect(createTrust(context(), draft(trustedId))).rejects.toThrow('already')
    await expect(
      createTrust(context(), { ...draft(identityId), keys: [{ kind: 'static-pem', pem: 'x' }] }),
    ).rejects.toThrow()
    await expect(updateIdentity(context(), randomUUID(), { name: 'x' })).rejects.toThrow('There is no identity')
    const low: Context = {
      ...context(),
      actor: { kind: 'user', id: randomUUID(), name: 'Eve', role: 'auditor', sessionId: '' },
    }
    await expect(createIdentity(low, { name: 'x' })).rejects.toThrow('role')
    expect(await counts()).toEqual(before)
  })

  test('a login whose decision cannot be written issues nothing and leaves no trace', async () => {
    const token = await goodToken()
    const before = await counts()
    await db.$executeRawUnsafe(
      `CREATE TRIGGER full BEFORE INSERT ON "Decision" BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    )
    const refused = login(context(), { identityId: trustedId, token, kind: 'jwt' })
    await expect(refused).rejects.toThrow('the disk is full')
    await db.$executeRawUnsafe('DROP TRIGGER full')
    expect(await counts()).toEqual(before)
    expect(await login(context(), { identityId: trustedId, token, kind: 'jwt' })).toMatchObject({ accepted: true })
    expect((await counts()).accessTokens).toBe(before.accessTokens + 1)
  })

  test('a login whose trust is removed while it is judged is refused like one without a trust', async () => {
    const token = await goodToken()
    const store = loginStoreOf(db)
    const racing = { signingKey: db.signingKey } as unknown as Db
    setLoginStore(racing, {
      ...store,
      async identity(...asked) {
        const found = await store.identity(...asked)
        await db.trust.deleteMany({ where: { identityId: trustedId } })
        return found
      },
    })
    const ctx = context(racing)
    const outcome = await login(ctx, { identityId: trustedId, token, kind: 'jwt' })
    expect(outcome).toMatchObject({ accepted: false, check: { id: 'method' } })
    expect(await db.accessToken.count({ where: { identityId: trustedId, method: 'jwt' } })).toBe(0)
  })
})

async function goodToken() {
  const at = Date.parse('2026-06-01T12:00:00Z') / 1000
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuedAt(at - 5)
    .setExpirationTime(at + 60)
    .sign(keys.privateKey)
}

test('an entry is of an action of the table, with the states that its row names; anything else does not compile', () => {
  const right: AuditRecord[] = [
    { action: 'identity.updated', before: {}, after: {} },
    { action: 'session.ended' },
    { action: 'session.ended', after: {} },
  ]
  const wrong: AuditRecord[] = [
    // @ts-expect-error no action of the table
    { action: 'identity.painted', after: {} },
    // @ts-expect-error the state before is missing
    { action: 'identity.updated', after: {} },
    // @ts-expect-error this action keeps no state
    { action: 'project.created', after: {} },
  ]
  expect([right.length, wrong.length]).toEqual([3, 3])
})
