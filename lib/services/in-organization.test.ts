import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { migratedDatabase } from '@/e2e/fixtures/new-database'
import { connect, type Db } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import { createToken } from './access-token/token-auth'
import type { Actor, Context } from './context'
import { createIdentity } from './identity/create-identity'
import { changeMemberRole } from './people/members'
import { removeMember } from './people/remove-member'

let folder: string
let db: Db
const organizationId = randomUUID()

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keybound-organization-'))
  const { url } = await migratedDatabase('sqlite', folder)
  Object.assign(process.env, { DATABASE_URL: url, KEYBOUND_SECRET: 'a secret for tests, known to all' })
  db = connect(url)
  await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: 'acme' } })
})
afterAll(async () => {
  await db.$disconnect()
  await rm(folder, { recursive: true, force: true })
})

const context = (actor: Actor): Context => ({
  db,
  keys: { get: unused, refresh: unused, forget: () => {} },
  keySourceRecorder: { fetched: () => {}, judged: () => {}, settled: async () => {} },
  now: () => new Date('2026-06-01T12:00:00Z'),
  requestId: newRequestId(),
  ip: '192.0.2.1',
  userAgent: null,
  actor,
  organizationId,
})
const unused = () => Promise.reject(new TypeError('no key is fetched here'))

/** An admin with a session, as a request that came in a moment ago knows them. */
async function admin() {
  const id = randomUUID()
  await db.user.create({ data: { id, name: 'Admin', email: `${id}@example.com` } })
  await db.membership.create({ data: { id: randomUUID(), userId: id, organizationId, role: 'admin' } })
  const session = { id: randomUUID(), token: randomUUID(), userId: id, expiresAt: new Date('2026-06-02T00:00:00Z') }
  await db.session.create({ data: session })
  const actor = { kind: 'user', id, name: 'Admin', role: 'admin', sessionId: session.id } as const
  return { id, sessionId: session.id, ctx: context(actor) }
}

let ada: Awaited<ReturnType<typeof admin>>
let bob: Awaited<ReturnType<typeof admin>>
beforeEach(async () => {
  ada = await admin()
  bob = await admin()
})

test('an admin who was demoted since the request came in can no longer act as one', async () => {
  await changeMemberRole(ada.ctx, bob.id, 'member')
  await expect(changeMemberRole(bob.ctx, ada.id, 'member')).rejects.toMatchObject({
    kind: 'forbidden',
    reason: 'role_too_low',
  })
  await expect(createIdentity(bob.ctx, { name: 'x', role: 'admin' })).rejects.toMatchObject({ reason: 'rank_too_low' })
  await expect(createIdentity(bob.ctx, { name: 'x', role: 'member' })).resolves.toMatchObject({ role: 'member' })
})

test('a person who was removed, or whose session was ended, since the request came in can do nothing', async () => {
  await db.session.delete({ where: { id: ada.sessionId } })
  await expect(createIdentity(ada.ctx, { name: 'x' })).rejects.toMatchObject({ kind: 'unauthenticated' })
  const carol = await admin()
  await removeMember(bob.ctx, carol.id)
  await expect(createIdentity(carol.ctx, { name: 'x' })).rejects.toMatchObject({ kind: 'unauthenticated' })
})

test('an identity whose token was revoked, or whose role was lowered, since the request came in', async () => {
  const identity = await createIdentity(ada.ctx, { name: 'robot', role: 'admin' })
  await db.tokenAuth.create({ data: { id: randomUUID(), identityId: identity.id, grant: '{}' } })
  const { id: accessTokenId } = await createToken(ada.ctx, identity.id, undefined)
  const robot = context({ kind: 'identity', id: identity.id, name: 'robot', role: 'admin', accessTokenId })
  await expect(createIdentity(robot, { name: 'x', role: 'admin' })).resolves.toMatchObject({ role: 'admin' })
  await db.identity.update({ where: { id: identity.id }, data: { role: 'auditor' } })
  await expect(createIdentity(robot, { name: 'x' })).rejects.toMatchObject({ reason: 'role_too_low' })
  await db.identity.update({ where: { id: identity.id }, data: { role: 'admin' } })
  await db.accessToken.update({ where: { id: accessTokenId }, data: { revokedAt: new Date() } })
  await expect(createIdentity(robot, { name: 'x' })).rejects.toMatchObject({ reason: 'token_revoked' })
})
